// SPDX-License-Identifier: Apache-2.0
// Double-double arithmetic: a value is the unevaluated sum of two doubles, about 32 digits.
// Source  Dekker (1971); Ogita, Rump & Oishi (2005), Accurate sum and dot product
// No fused multiply-add: the result is the same on every machine.
#pragma once

namespace panelist {

struct DoubleDouble {
  double high = 0.0;
  double low = 0.0;
  [[nodiscard]] double value() const { return high + low; }
};

// a + b = sum + error exactly.
inline DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

// a = high + low with 26 bits each, so that products of the parts are exact.
inline DoubleDouble split(double a) {
  const double shifted = 134217729.0 * a;  // 2^27 + 1
  const double high = shifted - (shifted - a);
  return {high, a - high};
}

// a b = product + error exactly, from a and b and their splits.
inline DoubleDouble two_product(double a, const DoubleDouble& a_split, double b,
                                const DoubleDouble& b_split) {
  const double product = a * b;
  const double error =
      ((a_split.high * b_split.high - product) + a_split.high * b_split.low + a_split.low * b_split.high) +
      a_split.low * b_split.low;
  return {product, error};
}

inline DoubleDouble two_product(double a, double b) { return two_product(a, split(a), b, split(b)); }

inline DoubleDouble operator+(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble high = two_sum(a.high, b.high);
  const DoubleDouble low = two_sum(a.low, b.low);
  const DoubleDouble sum = two_sum(high.high, high.low + low.high);
  return two_sum(sum.high, sum.low + low.low);
}

inline DoubleDouble operator-(const DoubleDouble& a) { return {-a.high, -a.low}; }
inline DoubleDouble operator-(const DoubleDouble& a, const DoubleDouble& b) { return a + (-b); }

inline DoubleDouble operator*(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble product = two_product(a.high, b.high);
  return two_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

inline DoubleDouble operator/(const DoubleDouble& a, const DoubleDouble& b) {
  const double first = a.high / b.high;
  const DoubleDouble rest = a - b * DoubleDouble{first, 0.0};
  const double second = rest.high / b.high;
  const DoubleDouble last = rest - b * DoubleDouble{second, 0.0};
  const DoubleDouble sum = two_sum(first, second);
  return two_sum(sum.high, sum.low + last.high / b.high);
}

// Sums terms with their errors kept apart.
class CompensatedSum {
 public:
  void add(double term) {
    const DoubleDouble next = two_sum(sum_, term);
    sum_ = next.high;
    error_ += next.low;
  }
  void add(const DoubleDouble& term) {
    const DoubleDouble next = two_sum(sum_, term.high);
    sum_ = next.high;
    error_ += next.low + term.low;
  }
  [[nodiscard]] DoubleDouble result() const { return two_sum(sum_, error_); }

 private:
  double sum_ = 0.0;
  double error_ = 0.0;
};

}  // namespace panelist
