// SPDX-License-Identifier: Apache-2.0
#include "cli/explanations.h"

namespace panelist::cli {

const Explanations& usage_explanations() {
  static const Explanations entries = {
      {"usage.bad_value",
       "An option has a value it cannot take: a word where a number is wanted, a panel with one key, a level "
       "beyond 100. The message names what is wanted.",
       "panelist fit d.csv 'y ~ x' --vcov iid --level high"},
      {"usage.missing_argument", "The command needs more words than were given. The hint shows its usage.",
       "panelist fit d.csv"},
      {"usage.missing_option",
       "The command cannot work without this option, or one option needs another beside it.",
       "panelist mediate d.csv 'y ~ x' --vcov iid --x x"},
      {"usage.missing_value", "The option stands at the end of the line without its value.",
       "panelist fit d.csv 'y ~ x' --vcov"},
      {"usage.missing_vcov",
       "Standard errors are a choice that changes every p-value, so there is no silent default. For a panel "
       "cluster by the unit; for independent rows take hc1; iid assumes equal variances.",
       "panelist fit d.csv 'y ~ x'"},
      {"usage.not_available",
       "The option is part of the plan of the program but not of this version. The hint names what there is.",
       "panelist fit d.csv 'y ~ x' --vcov iid --method re"},
      {"usage.repeated_option",
       "An option is given twice and it is not clear which one is meant. Give it once; lists are separated "
       "by commas.",
       "panelist fit d.csv 'y ~ x' --vcov iid --vcov hc1"},
      {"usage.unexpected_argument",
       "There are more words than the command takes. Most often a formula is not quoted and the shell cut it "
       "at its spaces.",
       "panelist fit d.csv y ~ x --vcov iid"},
      {"usage.unexpected_option", "The option belongs to another form of the command.",
       "panelist index study.toml Q --method pca"},
      {"usage.unexpected_value", "The option is a switch and takes no value.",
       "panelist fit d.csv 'y ~ x' --vcov iid --json=yes"},
      {"usage.unknown_code", "There is no diagnostic of this name; `panelist explain` lists all of them.",
       "panelist explain data.duplicates"},
      {"usage.unknown_command", "There is no such command; the nearest one is suggested.",
       "panelist rum study.toml"},
      {"usage.unknown_method",
       "There is no estimator of this name. Without --method the formula decides: an endogenous part means "
       "2sls.",
       "panelist fit d.csv 'y ~ x' --vcov iid --method 3sls"},
      {"usage.unknown_option",
       "The command has no such option. Unknown options are errors, never ignored: a misspelt option would "
       "otherwise change the result silently.",
       "panelist fit d.csv 'y ~ x' --vocv iid"},
      {"usage.unknown_table", "The study has no table of this id or number.",
       "panelist run study.toml basline"},
      {"usage.unknown_test", "There is no test of this name; the hint lists them.",
       "panelist fit d.csv 'y ~ x' --vcov iid --tests wold(x)"},
  };
  return entries;
}

}  // namespace panelist::cli
