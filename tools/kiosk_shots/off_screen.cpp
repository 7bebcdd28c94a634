// SPDX-License-Identifier: Apache-2.0
// EGL without a surface of any window system; see off_screen.hpp.
#include "tools/kiosk_shots/off_screen.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <imgui/backends/imgui_impl_opengl3.h>
#include <imgui/imgui.h>

#include <cstdlib>
#include <utility>

namespace vitrine::kiosk {

struct OffScreen::Egl {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLSurface surface = EGL_NO_SURFACE;
  EGLContext context = EGL_NO_CONTEXT;
  bool imgui = false;

  Egl() = default;
  Egl(const Egl&) = delete;
  Egl& operator=(const Egl&) = delete;
  ~Egl() {
    if (imgui) {
      ImGui_ImplOpenGL3_Shutdown();
      ImGui::DestroyContext();
    }
    if (display == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
    eglTerminate(display);
  }

  // The first step that fails, or nothing.
  const char* make(int width, int height) {
    display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) == EGL_FALSE) return "a display of its own";
    if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) return "OpenGL";
    constexpr EGLint wanted[] = {EGL_SURFACE_TYPE,
                                 EGL_PBUFFER_BIT,
                                 EGL_RENDERABLE_TYPE,
                                 EGL_OPENGL_BIT,
                                 EGL_RED_SIZE,
                                 8,
                                 EGL_GREEN_SIZE,
                                 8,
                                 EGL_BLUE_SIZE,
                                 8,
                                 EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(display, wanted, &config, 1, &count) == EGL_FALSE || count < 1) return "a picture in memory";
    const EGLint size[] = {EGL_WIDTH, width, EGL_HEIGHT, height, EGL_NONE};
    surface = eglCreatePbufferSurface(display, config, size);
    if (surface == EGL_NO_SURFACE) return "a picture of that size";
    constexpr EGLint version[] = {
        EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
        EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
    if (context == EGL_NO_CONTEXT) return "OpenGL 3.3";
    if (eglMakeCurrent(display, surface, surface, context) == EGL_FALSE) return "its own picture";
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    imgui = ImGui_ImplOpenGL3_Init("#version 330");
    return imgui ? nullptr : "shaders";
  }
};

OffScreen::OffScreen(std::unique_ptr<Egl> egl, int width, int height) : egl_(std::move(egl)), width_(width), height_(height) {}
OffScreen::~OffScreen() = default;

Result<std::unique_ptr<OffScreen>> OffScreen::open(int width, int height) {
  ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);  // the same pixels on every machine
  auto egl = std::make_unique<Egl>();
  if (const char* lacks = egl->make(width, height))
    return fail("no_opengl", std::string("the graphics driver (libegl1, libgl1-mesa-dri) does not give ") + lacks);
  return std::unique_ptr<OffScreen>(new OffScreen(std::move(egl), width, height));
}

Frame OffScreen::draw(Ui& ui, const Model& model, const Input& input) const {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
  io.DeltaTime = 0.016F;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  Frame frame = ui.draw(model, input);
  ImGui::Render();
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(io.Fonts->TexID)));
  for (const LetterPatch& patch : ui.letters().take_patches()) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, patch.x, patch.y, patch.width, patch.height, GL_RGBA, GL_UNSIGNED_BYTE, patch.rgba.data());
  }
  const Ui::Rgb clear = ui.clear_colour();
  glViewport(0, 0, width_, height_);
  glClearColor(clear.r, clear.g, clear.b, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glFinish();
  return frame;
}

Picture OffScreen::read() const {
  Picture picture{width_, height_, {}};
  picture.rgb.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 3);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
  return picture;
}

}  // namespace vitrine::kiosk
