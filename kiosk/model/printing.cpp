// SPDX-License-Identifier: Apache-2.0
// Something for the person on paper. One piece at a time; what became of it stays on the screen that asked for it.
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk {

bool can_print(const Model& model) { return model.printer && (shown_language(model) != "ja" || model.printer->japanese); }

std::optional<PrintJob> take_print_job(Model& model) {
  std::optional<Printing>& printing = model.visit.printing;
  if (!printing || !printing->paper) return std::nullopt;
  return PrintJob{printing->number, *std::exchange(printing->paper, std::nullopt)};
}

namespace steps {

void print_paper(Model& model, const PrintPaper& wish) {
  Visit& visit = model.visit;
  if (!model.printer || (visit.printing && visit.printing->step == PrintStep::waiting)) return;
  visit.printing = Printing{++model.papers, PrintStep::waiting, wish.paper};
}

void take_printed(Model& model, const PaperPrinted& event) {
  std::optional<Printing>& printing = model.visit.printing;
  if (!printing || printing->number != event.number) return;
  printing->step = event.failed.empty() ? PrintStep::done : PrintStep::failed;
  printing->failed = event.failed;
}

}  // namespace steps
}  // namespace vitrine::kiosk
