// SPDX-License-Identifier: Apache-2.0
// Gives back to the machine what the kiosk holds and does not need between two visits.
#pragma once

namespace vitrine::kiosk {

// Free pages of the heap; and the code of the software rasteriser's compiler (LLVM), some 46 MiB, which has done its work once
// the first pictures are drawn. What is needed of it later is read again, page by page. Takes some milliseconds.
void give_back_spare_memory();

}  // namespace vitrine::kiosk
