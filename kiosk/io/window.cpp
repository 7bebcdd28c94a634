// SPDX-License-Identifier: Apache-2.0
// GLFW; see window.hpp.
#include "kiosk/io/window.hpp"

#include <GLFW/glfw3.h>

#include <optional>
#include <utility>

#include "kiosk/io/system_clock.hpp"

namespace vitrine::kiosk {
namespace {

std::string last_error;  // GLFW reports errors to a plain function, on the main thread

void keep_error(int, const char* text) { last_error = text; }

}  // namespace

struct Window::Glfw {
  GLFWwindow* window = nullptr;
  bool full_screen = false;
  std::vector<PointerEvent> pointer;
  std::vector<KeyPress> keys;
  bool must_repaint = true;
  bool pressed = false;
  double x = 0;
  double y = 0;
  // When what is being taken in may have happened at the earliest: a press that waited while a frame was drawn did not come
  // late, and a scanner's burst must not fall apart because of it.
  std::optional<MonoMs> earliest;
  MonoMs taken_in_at{};

  static Glfw& of(GLFWwindow* window) { return *static_cast<Glfw*>(glfwGetWindowUserPointer(window)); }

  void press(WedgeKey key, char32_t character) {
    const MonoMs now = mono_now();
    keys.push_back({key, character, earliest ? *earliest : now, now});
  }

  void point(PointerEvent::Kind kind) {
    int window_width = 0;
    int window_height = 0;
    int width = 0;
    int height = 0;
    glfwGetWindowSize(window, &window_width, &window_height);
    glfwGetFramebufferSize(window, &width, &height);
    if (window_width < 1 || window_height < 1) return;
    pointer.push_back({kind, static_cast<float>(x * width / window_width), static_cast<float>(y * height / window_height)});
  }

  static void on_cursor(GLFWwindow* window, double x, double y) {
    Glfw& self = of(window);
    self.x = x;
    self.y = y;
    if (self.pressed) self.point(PointerEvent::Kind::move);
  }
  static void on_button(GLFWwindow* window, int button, int action, int) {
    Glfw& self = of(window);
    if (button != GLFW_MOUSE_BUTTON_LEFT) return;
    if (self.x == 0 && self.y == 0) glfwGetCursorPos(window, &self.x, &self.y);  // pressed before it ever moved
    self.pressed = action == GLFW_PRESS;
    self.point(self.pressed ? PointerEvent::Kind::down : PointerEvent::Kind::up);
  }
  static void on_focus(GLFWwindow* window, int focused) {
    Glfw& self = of(window);
    if (focused == GLFW_FALSE && std::exchange(self.pressed, false)) self.point(PointerEvent::Kind::cancel);
  }
  static void on_character(GLFWwindow* window, unsigned character) {
    of(window).press(WedgeKey::character, static_cast<char32_t>(character));
  }
  static void on_key(GLFWwindow* window, int key, int scan_code, int action, int modifiers) {
    if (action == GLFW_RELEASE) return;
    Glfw& self = of(window);
    // With Ctrl, Alt or Super held it is a shortcut of somebody else's, and does nothing; but Alt and a letter are a counter's.
    const int held = modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER);
    if (held == GLFW_MOD_ALT && action == GLFW_PRESS) {
      // As the keyboard's layout has it.
      const char* name = glfwGetKeyName(key, scan_code);
      const bool letter = name != nullptr && name[0] >= 'a' && name[0] <= 'z' && name[1] == '\0';
      if (letter) self.press(WedgeKey::alt, static_cast<char32_t>(name[0]));
    }
    if (held != 0) return;
    const auto push = [&](WedgeKey named) { self.press(named, 0); };
    switch (key) {
      case GLFW_KEY_ENTER:
      case GLFW_KEY_KP_ENTER:
        push(WedgeKey::enter);
        break;
      case GLFW_KEY_TAB:
        push((modifiers & GLFW_MOD_SHIFT) != 0 ? WedgeKey::back_tab : WedgeKey::tab);
        break;
      case GLFW_KEY_BACKSPACE:
        push(WedgeKey::backspace);
        break;
      case GLFW_KEY_DELETE:
        push(WedgeKey::erase);
        break;
      case GLFW_KEY_ESCAPE:
        push(WedgeKey::escape);
        break;
      case GLFW_KEY_LEFT:
        push(WedgeKey::left);
        break;
      case GLFW_KEY_RIGHT:
        push(WedgeKey::right);
        break;
      case GLFW_KEY_UP:
        push(WedgeKey::up);
        break;
      case GLFW_KEY_DOWN:
        push(WedgeKey::down);
        break;
      case GLFW_KEY_F1:
        push(WedgeKey::speak);
        break;
      case GLFW_KEY_F2:
        push(WedgeKey::louder);
        break;
      case GLFW_KEY_F3:
        push(WedgeKey::queue);
        break;
      case GLFW_KEY_F4:
        push(WedgeKey::customer);
        break;
      case GLFW_KEY_F5:
        push(WedgeKey::stock);
        break;
      case GLFW_KEY_F6:
        push(WedgeKey::take_back);
        break;
      case GLFW_KEY_F7:
        push(WedgeKey::status);
        break;
      case GLFW_KEY_F8:
        push(WedgeKey::lock);
        break;
      case GLFW_KEY_F9:
        push(WedgeKey::filter);
        break;
      case GLFW_KEY_F10:
        push(WedgeKey::note);
        break;
      case GLFW_KEY_F11:
        push(WedgeKey::board);
        break;
      case GLFW_KEY_F12:
        push(WedgeKey::picking);
        break;
      case GLFW_KEY_HOME:
        push(WedgeKey::home);
        break;
      case GLFW_KEY_END:
        push(WedgeKey::end);
        break;
      default:
        break;
    }
  }
  static void on_refresh(GLFWwindow* window) { of(window).must_repaint = true; }
  static void on_size(GLFWwindow* window, int, int) { of(window).must_repaint = true; }
  static void on_close(GLFWwindow* window) {
    // Nobody leaves a full screen kiosk from its front.
    if (of(window).full_screen) glfwSetWindowShouldClose(window, GLFW_FALSE);
  }
};

Window::Window(std::unique_ptr<Glfw> glfw) : glfw_(std::move(glfw)) {}

Window::~Window() {
  glfwDestroyWindow(glfw_->window);
  glfwTerminate();
}

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  glfwSetErrorCallback(keep_error);
#if GLFW_VERSION_MAJOR * 100 + GLFW_VERSION_MINOR >= 304
  glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);  // Wayland gives no touch and crashes on seats without a pointer
#endif
  if (glfwInit() == GLFW_FALSE) return fail("no_display", "no X11 display can be opened: " + last_error);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  GLFWmonitor* monitor = options.full_screen ? glfwGetPrimaryMonitor() : nullptr;
  int width = options.width;
  int height = options.height;
  if (monitor != nullptr) {
    // The screen's own mode: it is never changed, so nothing has to be put back after a crash.
    const GLFWvidmode* mode = glfwGetVideoMode(monitor);
    glfwWindowHint(GLFW_RED_BITS, mode->redBits);
    glfwWindowHint(GLFW_GREEN_BITS, mode->greenBits);
    glfwWindowHint(GLFW_BLUE_BITS, mode->blueBits);
    glfwWindowHint(GLFW_REFRESH_RATE, mode->refreshRate);
    width = mode->width;
    height = mode->height;
  }
  GLFWwindow* window = glfwCreateWindow(width, height, options.title.c_str(), monitor, nullptr);
  if (window == nullptr) {
    glfwTerminate();
    return fail("no_window", "no window with OpenGL 3.2 can be opened: " + last_error);
  }
  auto glfw = std::make_unique<Glfw>();
  glfw->window = window;
  glfw->full_screen = options.full_screen;
  glfwSetWindowUserPointer(window, glfw.get());
  glfwSetCursorPosCallback(window, Glfw::on_cursor);
  glfwSetMouseButtonCallback(window, Glfw::on_button);
  glfwSetWindowFocusCallback(window, Glfw::on_focus);
  glfwSetCharCallback(window, Glfw::on_character);
  glfwSetKeyCallback(window, Glfw::on_key);
  glfwSetWindowRefreshCallback(window, Glfw::on_refresh);
  glfwSetFramebufferSizeCallback(window, Glfw::on_size);
  glfwSetWindowCloseCallback(window, Glfw::on_close);
  if (options.full_screen) glfwSetInputMode(window, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  glfwMakeContextCurrent(window);
  glfwSwapInterval(1);
  return std::unique_ptr<Window>(new Window(std::move(glfw)));
}

void Window::poll() {
  Glfw& glfw = *glfw_;
  // What is there already came since the last look, at the earliest right after it.
  if (glfw.taken_in_at.value != 0) glfw.earliest = glfw.taken_in_at;
  glfwPollEvents();
  glfw.earliest.reset();
  glfw.taken_in_at = mono_now();
}

void Window::wait(double at_most_s) {
  glfwWaitEventsTimeout(at_most_s);
  glfw_->taken_in_at = mono_now();
}

std::vector<PointerEvent> Window::pointer() { return std::exchange(glfw_->pointer, {}); }
std::vector<KeyPress> Window::keys() { return std::exchange(glfw_->keys, {}); }
bool Window::must_repaint() { return std::exchange(glfw_->must_repaint, false); }
bool Window::closed() const { return glfwWindowShouldClose(glfw_->window) == GLFW_TRUE; }

Window::Size Window::size() const {
  Size size;
  glfwGetFramebufferSize(glfw_->window, &size.width, &size.height);
  return size;
}

void Window::swap() { glfwSwapBuffers(glfw_->window); }
void Window::wake() { glfwPostEmptyEvent(); }

}  // namespace vitrine::kiosk
