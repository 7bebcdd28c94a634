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
#include <utility>

#include "kiosk/io/damage.hpp"

namespace vitrine::kiosk {

struct Painter::Gl {
  PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = nullptr;
  PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers = nullptr;
  PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = nullptr;
  PFNGLGENRENDERBUFFERSPROC gen_renderbuffers = nullptr;
  PFNGLDELETERENDERBUFFERSPROC delete_renderbuffers = nullptr;
  PFNGLBINDRENDERBUFFERPROC bind_renderbuffer = nullptr;
  PFNGLRENDERBUFFERSTORAGEPROC renderbuffer_storage = nullptr;
  PFNGLFRAMEBUFFERRENDERBUFFERPROC framebuffer_renderbuffer = nullptr;
  PFNGLBLITFRAMEBUFFERPROC blit_framebuffer = nullptr;

  Damage damage;
  GLuint framebuffer = 0;
  GLuint renderbuffer = 0;
  int width = 0;
  int height = 0;
  std::uint64_t atlas_generation = 0;

  template <class F>
  static bool load(F& function, const char* name) {
    function = std::bit_cast<F>(glfwGetProcAddress(name));
    return function != nullptr;
  }
  bool load_all() {
    return load(gen_framebuffers, "glGenFramebuffers") && load(delete_framebuffers, "glDeleteFramebuffers") &&
           load(bind_framebuffer, "glBindFramebuffer") && load(gen_renderbuffers, "glGenRenderbuffers") &&
           load(delete_renderbuffers, "glDeleteRenderbuffers") && load(bind_renderbuffer, "glBindRenderbuffer") &&
           load(renderbuffer_storage, "glRenderbufferStorage") && load(framebuffer_renderbuffer, "glFramebufferRenderbuffer") &&
           load(blit_framebuffer, "glBlitFramebuffer");
  }
  void drop() {
    if (framebuffer != 0) delete_framebuffers(1, &framebuffer);
    if (renderbuffer != 0) delete_renderbuffers(1, &renderbuffer);
    framebuffer = renderbuffer = 0;
  }
  void fit(int new_width, int new_height) {
    if (framebuffer != 0 && width == new_width && height == new_height) return;
    drop();
    width = new_width;
    height = new_height;
    gen_renderbuffers(1, &renderbuffer);
    bind_renderbuffer(GL_RENDERBUFFER, renderbuffer);
    renderbuffer_storage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    gen_framebuffers(1, &framebuffer);
    bind_framebuffer(GL_FRAMEBUFFER, framebuffer);
    framebuffer_renderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, renderbuffer);
    damage.forget();
  }
};

Painter::Painter(std::unique_ptr<Gl> gl) : gl_(std::move(gl)) {}

Painter::~Painter() {
  gl_->drop();
  ImGui_ImplOpenGL3_Shutdown();
}

Result<std::unique_ptr<Painter>> Painter::open() {
  auto gl = std::make_unique<Gl>();
  if (!gl->load_all()) return fail("no_opengl", "the graphics driver has no OpenGL 3.2 framebuffers");
  if (!ImGui_ImplOpenGL3_Init("#version 150")) return fail("no_opengl", "the graphics driver takes no GLSL 1.50");
  ImGui_ImplOpenGL3_NewFrame();  // creates shaders and buffers
  return std::unique_ptr<Painter>(new Painter(std::move(gl)));
}

void Painter::upload_atlas() {
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
  ++gl_->atlas_generation;
}

void Painter::draw_box(ImDrawData& picture, int left, int top, int right, int bottom, Colour clear) const {
  glEnable(GL_SCISSOR_TEST);
  glScissor(left, gl_->height - bottom, right - left, bottom - top);
  glClearColor(clear.r, clear.g, clear.b, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  // The draw data is this frame's own: its clips are narrowed for this pass and put back.
  std::vector<ImVec4> clips;
  for (int n = 0; n < picture.CmdListsCount; ++n) {
    for (ImDrawCmd& command : picture.CmdLists[n]->CmdBuffer) {
      clips.push_back(command.ClipRect);
      ImVec4& clip = command.ClipRect;
      clip = {std::max(clip.x, static_cast<float>(left)), std::max(clip.y, static_cast<float>(top)),
              std::min(clip.z, static_cast<float>(right)), std::min(clip.w, static_cast<float>(bottom))};
    }
  }
  ImGui_ImplOpenGL3_RenderDrawData(&picture);
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

Painted Painter::paint(ImDrawData& picture, int width, int height, Colour clear, bool whole) {
  Gl& gl = *gl_;
  if (width < 1 || height < 1) return {};
  gl.fit(width, height);
  if (whole) gl.damage.forget();
  snap_clips(picture);
  const auto channel = [](float value) { return std::uint64_t{std::bit_cast<std::uint32_t>(value)}; };
  const std::uint64_t background =
      channel(clear.r) * 3 + channel(clear.g) * 5 + channel(clear.b) * 7 + (gl.atlas_generation << 48);
  const std::vector<PixelBox> boxes = gl.damage.since_last(picture, width, height, background);
  Painted painted{.changed = !boxes.empty(), .pixels = 0};
  if (!painted.changed) return painted;
  gl.bind_framebuffer(GL_FRAMEBUFFER, gl.framebuffer);
  glViewport(0, 0, width, height);
  for (const PixelBox& box : boxes) {
    draw_box(picture, box.left, box.top, box.right, box.bottom, clear);
    painted.pixels += box.area();
  }
  glDisable(GL_SCISSOR_TEST);
  gl.bind_framebuffer(GL_READ_FRAMEBUFFER, gl.framebuffer);
  gl.bind_framebuffer(GL_DRAW_FRAMEBUFFER, 0);
  gl.blit_framebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  gl.bind_framebuffer(GL_FRAMEBUFFER, 0);
  return painted;
}

Picture Painter::read() const {
  const Gl& gl = *gl_;
  Picture picture{gl.width, gl.height, {}};
  if (gl.framebuffer == 0) return picture;
  const std::size_t row = static_cast<std::size_t>(gl.width) * 3;
  picture.rgb.resize(row * static_cast<std::size_t>(gl.height));
  gl.bind_framebuffer(GL_FRAMEBUFFER, gl.framebuffer);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, gl.width, gl.height, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
  gl.bind_framebuffer(GL_FRAMEBUFFER, 0);
  for (int y = 0; y < gl.height / 2; ++y) {
    const auto upper = picture.rgb.begin() + static_cast<std::ptrdiff_t>(row) * y;
    const auto lower = picture.rgb.begin() + static_cast<std::ptrdiff_t>(row) * (gl.height - 1 - y);
    std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
  }
  return picture;
}

}  // namespace vitrine::kiosk
