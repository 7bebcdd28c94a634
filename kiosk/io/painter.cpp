// SPDX-License-Identifier: Apache-2.0
// OpenGL side of the picture; see painter.hpp.
#include "kiosk/io/painter.hpp"

#include <GLFW/glfw3.h>
//
#include <GL/glext.h>
#include <imgui.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string_view>
#include <utility>

namespace vitrine::kiosk {

struct Painter::Gl {
  PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = nullptr;
  PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers = nullptr;
  PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = nullptr;
  PFNGLFRAMEBUFFERTEXTURE2DPROC framebuffer_texture = nullptr;
  PFNGLBLITFRAMEBUFFERPROC blit_framebuffer = nullptr;

  // A picture off screen, its first row at the top: as in an X window, and unlike OpenGL's own. With the same order of rows and
  // of bytes in a pixel a copy between them is a plain one, which on a software rasteriser is most of a frame.
  struct Sheet {
    GLuint framebuffer = 0;
    GLuint texture = 0;
  };
  Damage damage;
  Sheet last;   // the picture as last painted; the window's own where that is kept
  Sheet aside;  // a few rows, made when something is moved for the first time: a picture cannot be copied onto itself
  static constexpr int aside_rows = 256;
  // glXCopySubBufferMESA(display, drawable, x, y, width, height) leaves the window's picture as it is: then there is no other.
  using CopySubBuffer = void (*)(void*, unsigned long, int, int, int, int);
  CopySubBuffer copy_sub_buffer = nullptr;
  void* display = nullptr;
  unsigned long drawable = 0;
  int width = 0;
  int height = 0;
  std::uint64_t atlas_generation = 0;
  std::uint64_t letters_generation = 0;

  template <class F>
  static bool load(F& function, const char* name) {
    function = std::bit_cast<F>(glfwGetProcAddress(name));
    return function != nullptr;
  }
  bool load_all() {
    return load(gen_framebuffers, "glGenFramebuffers") && load(delete_framebuffers, "glDeleteFramebuffers") &&
           load(bind_framebuffer, "glBindFramebuffer") && load(framebuffer_texture, "glFramebufferTexture2D") &&
           load(blit_framebuffer, "glBlitFramebuffer");
  }
  // Only where swapping means copying.
  void find_box_copy() {
    const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    const std::string_view name = renderer != nullptr ? renderer : "";
    const bool software = name.starts_with("llvmpipe") || name.starts_with("softpipe");
    void* (*current_display)() = nullptr;
    unsigned long (*current_drawable)() = nullptr;
    if (!software || glfwExtensionSupported("GLX_MESA_copy_sub_buffer") == GLFW_FALSE ||
        !load(current_display, "glXGetCurrentDisplay") || !load(current_drawable, "glXGetCurrentDrawable") ||
        !load(copy_sub_buffer, "glXCopySubBufferMESA")) {
      copy_sub_buffer = nullptr;
      return;
    }
    display = current_display();
    drawable = current_drawable();
  }
  void drop(Sheet& sheet) const {
    if (sheet.framebuffer != 0) delete_framebuffers(1, &sheet.framebuffer);
    if (sheet.texture != 0) glDeleteTextures(1, &sheet.texture);
    sheet = {};
  }
  // As wide as the window; bound afterwards.
  void make(Sheet& sheet, int rows) const {
    GLint bound = 0;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
    glGenTextures(1, &sheet.texture);
    glBindTexture(GL_TEXTURE_2D, sheet.texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, rows, 0, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, nullptr);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(bound));
    gen_framebuffers(1, &sheet.framebuffer);
    bind_framebuffer(GL_FRAMEBUFFER, sheet.framebuffer);
    framebuffer_texture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, sheet.texture, 0);
  }
  void fit(int new_width, int new_height) {
    if (width == new_width && height == new_height) return;
    drop(last);
    drop(aside);
    width = new_width;
    height = new_height;
    damage.forget();
    if (copy_sub_buffer == nullptr) make(last, height);
  }
  static bool is_window(const Sheet& sheet) { return sheet.framebuffer == 0; }
  // Rows of one sheet to another. A window counts them from below.
  void copy(const Sheet& from, int from_row, const Sheet& to, int to_row, int rows, int left, int right) const {
    const auto edge = [&](const Sheet& sheet, int row) { return is_window(sheet) ? height - row : row; };
    bind_framebuffer(GL_READ_FRAMEBUFFER, from.framebuffer);
    bind_framebuffer(GL_DRAW_FRAMEBUFFER, to.framebuffer);
    blit_framebuffer(left, edge(from, from_row), right, edge(from, from_row + rows), left, edge(to, to_row), right,
                     edge(to, to_row + rows), GL_COLOR_BUFFER_BIT, GL_NEAREST);
  }
};

Painter::Painter(std::unique_ptr<Gl> gl) : gl_(std::move(gl)) {}

Painter::~Painter() {
  gl_->drop(gl_->last);
  gl_->drop(gl_->aside);
  ImGui_ImplOpenGL3_Shutdown();
}

Result<std::unique_ptr<Painter>> Painter::open() {
  auto gl = std::make_unique<Gl>();
  if (!gl->load_all()) return fail("no_opengl", "the graphics driver has no OpenGL 3.2 framebuffers");
  if (!ImGui_ImplOpenGL3_Init("#version 150")) return fail("no_opengl", "the graphics driver takes no GLSL 1.50");
  ImGui_ImplOpenGL3_NewFrame();  // creates shaders and buffers, uploads the atlas
  ImGui::GetIO().Fonts->ClearTexData();
  gl->find_box_copy();
  return std::unique_ptr<Painter>(new Painter(std::move(gl)));
}

void Painter::upload_atlas() {
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
  ImGui::GetIO().Fonts->ClearTexData();
  ++gl_->atlas_generation;
}

void Painter::add_letters(Letters& letters) {
  gl_->letters_generation = letters.generation();
  const std::vector<LetterPatch> patches = letters.take_patches();
  if (patches.empty()) return;
  GLint bound = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(ImGui::GetIO().Fonts->TexID)));
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  for (const LetterPatch& patch : patches) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, patch.x, patch.y, patch.width, patch.height, GL_RGBA, GL_UNSIGNED_BYTE, patch.rgba.data());
  }
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(bound));
}

void Painter::draw_box(ImDrawData& picture, const PixelBox& box, Colour clear) const {
  const bool upside_down = !Gl::is_window(gl_->last);
  glEnable(GL_SCISSOR_TEST);
  glScissor(box.left, upside_down ? box.top : gl_->height - box.bottom, box.right - box.left, box.bottom - box.top);
  glClearColor(clear.r, clear.g, clear.b, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  // The draw data is this frame's own: its clips are narrowed for this pass and put back.
  std::vector<ImVec4> clips;
  for (int n = 0; n < picture.CmdListsCount; ++n) {
    for (ImDrawCmd& command : picture.CmdLists[n]->CmdBuffer) {
      clips.push_back(command.ClipRect);
      ImVec4& clip = command.ClipRect;
      const ImVec4 part{std::max(clip.x, static_cast<float>(box.left)), std::max(clip.y, static_cast<float>(box.top)),
                        std::min(clip.z, static_cast<float>(box.right)), std::min(clip.w, static_cast<float>(box.bottom))};
      clip = upside_down ? ImVec4{part.x, part.w, part.z, part.y} : part;
    }
  }
  const ImVec2 from = picture.DisplayPos;
  const ImVec2 size = picture.DisplaySize;
  const ImVec2 scale = picture.FramebufferScale;
  if (upside_down) {
    picture.DisplayPos = {0, size.y};
    picture.DisplaySize = {size.x, -size.y};
    picture.FramebufferScale = {1, -1};
  }
  ImGui_ImplOpenGL3_RenderDrawData(&picture);
  picture.DisplayPos = from;
  picture.DisplaySize = size;
  picture.FramebufferScale = scale;
  auto clip = clips.begin();
  for (int n = 0; n < picture.CmdListsCount; ++n) {
    for (ImDrawCmd& command : picture.CmdLists[n]->CmdBuffer) command.ClipRect = *clip++;
  }
}

namespace {

// Clips on whole pixels: cut by a box, a clip with fractions would end at another pixel than whole.
void snap_clips(ImDrawData& picture) {
  for (int n = 0; n < picture.CmdListsCount; ++n) {
    for (ImDrawCmd& command : picture.CmdLists[n]->CmdBuffer) {
      ImVec4& clip = command.ClipRect;
      clip = {std::floor(clip.x), std::floor(clip.y), std::ceil(clip.z), std::ceil(clip.w)};
    }
  }
}

}  // namespace

Painted Painter::paint(ImDrawData& picture, int width, int height, Colour clear, bool whole,
                       const std::optional<ScrolledList>& list) {
  Gl& gl = *gl_;
  if (width < 1 || height < 1) return {};
  gl.fit(width, height);
  if (whole) gl.damage.forget();
  snap_clips(picture);
  const auto channel = [](float value) { return std::uint64_t{std::bit_cast<std::uint32_t>(value)}; };
  const std::uint64_t background = channel(clear.r) * 3 + channel(clear.g) * 5 + channel(clear.b) * 7 +
                                   (gl.atlas_generation << 48) + (gl.letters_generation << 40);
  auto [boxes, moved, moved_by] = gl.damage.since_last(picture, width, height, background, list);
  Painted painted{.changed = !boxes.empty() || moved_by != 0, .pixels = 0};
  if (!painted.changed) return painted;
  if (moved_by != 0) move(moved, moved_by);
  gl.bind_framebuffer(GL_FRAMEBUFFER, gl.last.framebuffer);
  glViewport(0, 0, width, height);
  for (const PixelBox& box : boxes) {
    draw_box(picture, box, clear);
    painted.pixels += box.area();
  }
  glDisable(GL_SCISSOR_TEST);
  // Another screen, perhaps another person's: rows of the last one are not kept.
  if (painted.pixels == std::int64_t{width} * height) gl.drop(gl.aside);
  painted.swap = gl.copy_sub_buffer == nullptr;
  if (painted.swap) {
    gl.copy(gl.last, 0, Gl::Sheet{}, 0, height, 0, width);
    gl.bind_framebuffer(GL_FRAMEBUFFER, 0);
    return painted;
  }
  if (moved_by != 0) boxes.push_back(moved);
  join_boxes(boxes);
  for (const PixelBox& box : boxes) {
    gl.copy_sub_buffer(gl.display, gl.drawable, box.left, height - box.bottom, box.right - box.left, box.bottom - box.top);
  }
  return painted;
}

// From the end towards which it moves, so that no row is overwritten before it is read.
void Painter::move(const PixelBox& box, int by) const {
  Gl& gl = *gl_;
  if (gl.aside.framebuffer == 0) gl.make(gl.aside, Gl::aside_rows);
  glDisable(GL_SCISSOR_TEST);
  for (int done = 0; done < box.bottom - box.top;) {
    const int rows = std::min(Gl::aside_rows, box.bottom - box.top - done);
    const int row = by > 0 ? box.top + done : box.bottom - done - rows;
    gl.copy(gl.last, row + by, gl.aside, 0, rows, box.left, box.right);
    gl.copy(gl.aside, 0, gl.last, row, rows, box.left, box.right);
    done += rows;
  }
}

Picture Painter::read() const {
  const Gl& gl = *gl_;
  Picture picture{gl.width, gl.height, {}};
  if (gl.width == 0) return picture;
  const std::size_t row = static_cast<std::size_t>(gl.width) * 3;
  picture.rgb.resize(row * static_cast<std::size_t>(gl.height));
  gl.bind_framebuffer(GL_FRAMEBUFFER, gl.last.framebuffer);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, gl.width, gl.height, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
  for (int above = 0, below = gl.height - 1; Gl::is_window(gl.last) && above < below; ++above, --below) {
    const auto at = [&](int y) { return picture.rgb.begin() + static_cast<std::ptrdiff_t>(row) * y; };
    std::swap_ranges(at(above), at(above + 1), at(below));
  }
  gl.bind_framebuffer(GL_FRAMEBUFFER, 0);
  return picture;
}

}  // namespace vitrine::kiosk
