# SPDX-License-Identifier: Apache-2.0
"""Writes format119.dta, with the cells of make.R, by ReadStat's writer: python3 make119.py, in this folder."""
import ctypes

r = ctypes.CDLL("libreadstat.so.1")
for name in ("readstat_writer_init", "readstat_add_label_set", "readstat_add_variable"):
    getattr(r, name).restype = ctypes.c_void_p
P, S, D = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double
STRING, INT32, DOUBLE = 0, 3, 5
out = open("format119.dta", "wb")
Writer = ctypes.CFUNCTYPE(ctypes.c_ssize_t, P, ctypes.c_size_t, P)
write = Writer(lambda data, length, _: out.write(ctypes.string_at(data, length)))
w = P(r.readstat_writer_init())
r.readstat_set_data_writer(w, write)
r.readstat_writer_set_file_format_version(w, ctypes.c_uint8(119))
r.readstat_writer_set_file_timestamp(w, ctypes.c_long(1577836800))
regions = P(r.readstat_add_label_set(w, DOUBLE, b"region"))
r.readstat_label_double_value(regions, D(1), b"East")
r.readstat_label_double_value(regions, D(2), b"West")
columns = {name: P(r.readstat_add_variable(w, name, kind, ctypes.c_size_t(width)))
           for name, kind, width in ((b"unit", STRING, 9), (b"year", INT32, 0), (b"gdp", DOUBLE, 0),
                                     (b"region", DOUBLE, 0), (b"day", DOUBLE, 0))}
r.readstat_variable_set_label(columns[b"gdp"], b"Gross product")
r.readstat_variable_set_label(columns[b"region"], b"Region")
r.readstat_variable_set_label_set(columns[b"region"], regions)
r.readstat_variable_set_format(columns[b"day"], b"%td")
assert r.readstat_begin_writing_dta(w, None, ctypes.c_long(3)) == 0
for unit, year, *numbers in ((b"Anhui", 2019, 1.5, 1, 21914), (b"Beijing", 2020, None, 2, -1),
                             (b"Hebei", 2021, -2.25e10, None, None)):
    assert r.readstat_begin_row(w) == 0
    r.readstat_insert_string_value(w, columns[b"unit"], unit)
    r.readstat_insert_int32_value(w, columns[b"year"], ctypes.c_int32(year))
    for name, value in zip((b"gdp", b"region", b"day"), numbers):
        if value is None:
            r.readstat_insert_missing_value(w, columns[name])
        else:
            r.readstat_insert_double_value(w, columns[name], D(value))
    assert r.readstat_end_row(w) == 0
assert r.readstat_end_writing(w) == 0
