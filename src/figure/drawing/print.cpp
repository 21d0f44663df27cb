// SPDX-License-Identifier: Apache-2.0
// SVG to PDF and PNG: librsvg draws on a cairo surface. Both libraries are loaded on use.
#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>

#include "base/diagnostic.h"
#include "base/shared_library.h"
#include "figure/drawing.h"

namespace panelist {

namespace {

#define PANELIST_LOADED(library, name) decltype(::name)* name = library.function<decltype(::name)>(#name)

struct Libraries {
  SharedLibrary rsvg{"librsvg-2.so.2", "librsvg2-2"}, cairo{"libcairo.so.2", "libcairo2"},
      gobject{"libgobject-2.0.so.0", "libglib2.0-0"}, glib{"libglib-2.0.so.0", "libglib2.0-0"};
  PANELIST_LOADED(rsvg, rsvg_handle_new_from_data);
  PANELIST_LOADED(rsvg, rsvg_handle_render_document);
  PANELIST_LOADED(rsvg, rsvg_handle_get_intrinsic_size_in_pixels);
  PANELIST_LOADED(cairo, cairo_pdf_surface_create_for_stream);
  PANELIST_LOADED(cairo, cairo_pdf_surface_set_metadata);
  PANELIST_LOADED(cairo, cairo_image_surface_create);
  PANELIST_LOADED(cairo, cairo_surface_write_to_png_stream);
  PANELIST_LOADED(cairo, cairo_surface_destroy);
  PANELIST_LOADED(cairo, cairo_surface_finish);
  PANELIST_LOADED(cairo, cairo_surface_status);
  PANELIST_LOADED(cairo, cairo_status_to_string);
  PANELIST_LOADED(cairo, cairo_create);
  PANELIST_LOADED(cairo, cairo_destroy);
  PANELIST_LOADED(cairo, cairo_status);
  PANELIST_LOADED(cairo, cairo_scale);
  PANELIST_LOADED(gobject, g_object_unref);
  PANELIST_LOADED(glib, g_error_free);
};

#undef PANELIST_LOADED

const Libraries& libraries() {
  static const Libraries loaded;
  return loaded;
}

[[noreturn]] void throw_failed(const std::string& words) {
  throw Error("figure.drawing_failed", "a figure could not be made ready for print: " + words,
              "the .svg of the figure holds the same picture");
}

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw_failed(libraries().cairo_status_to_string(status));
}

cairo_status_t append(void* text, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

struct Unref {
  void operator()(void* object) const { libraries().g_object_unref(object); }
};
struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { libraries().cairo_surface_destroy(surface); }
};
using Picture = std::unique_ptr<RsvgHandle, Unref>;
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

Picture read_svg(const std::string& svg) {
  GError* error = nullptr;
  Picture picture(
      libraries().rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (picture != nullptr) return picture;
  const std::string words = error == nullptr ? "not an svg" : error->message;
  if (error != nullptr) libraries().g_error_free(error);
  throw_failed(words);
}

struct Size {
  double width = 0, height = 0;  // CSS pixels
};

Size size_of(RsvgHandle* picture) {
  Size size;
  if (!libraries().rsvg_handle_get_intrinsic_size_in_pixels(picture, &size.width, &size.height))
    throw_failed("the svg has no size in pixels");
  return size;
}

void render(RsvgHandle* picture, cairo_surface_t* surface, const Size& size, double scale) {
  const Libraries& use = libraries();
  cairo_t* context = use.cairo_create(surface);
  use.cairo_scale(context, scale, scale);
  const RsvgRectangle all{0, 0, size.width, size.height};
  GError* error = nullptr;
  const bool drawn = use.rsvg_handle_render_document(picture, context, &all, &error) != 0;
  const std::string words = error == nullptr ? "" : error->message;
  if (error != nullptr) use.g_error_free(error);
  const cairo_status_t status = use.cairo_status(context);
  use.cairo_destroy(context);
  if (!drawn) throw_failed(words);
  check(status);
}

}  // namespace

std::string svg_to_pdf(const std::string& svg) {
  const Libraries& use = libraries();
  const Picture picture = read_svg(svg);
  const Size size = size_of(picture.get());
  constexpr double points_per_pixel = 0.75;
  std::string bytes;
  const Surface surface(use.cairo_pdf_surface_create_for_stream(append, &bytes, size.width * points_per_pixel,
                                                                size.height * points_per_pixel));
  use.cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  render(picture.get(), surface.get(), size, points_per_pixel);
  use.cairo_surface_finish(surface.get());
  check(use.cairo_surface_status(surface.get()));
  return bytes;
}

std::string svg_to_png(const std::string& svg, double dots_per_inch) {
  const Libraries& use = libraries();
  const Picture picture = read_svg(svg);
  const Size size = size_of(picture.get());
  const double scale = dots_per_inch / 96;
  const Surface surface(use.cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                       static_cast<int>(std::ceil(size.width * scale)),
                                                       static_cast<int>(std::ceil(size.height * scale))));
  check(use.cairo_surface_status(surface.get()));
  render(picture.get(), surface.get(), size, scale);
  std::string bytes;
  check(use.cairo_surface_write_to_png_stream(surface.get(), append, &bytes));
  return bytes;
}

}  // namespace panelist
