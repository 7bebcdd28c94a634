# SPDX-License-Identifier: Apache-2.0
"""Who works in the stores: invented. Names from the fixed lists, PINs from the staff number, so that a demonstration can say them."""

from tables import number

COLUMNS = "store staff first_name initial role languages skills pin valid_from valid_to".split()
SHIFT = ["manager", "shift_lead", "sales", "sales", "sales"]
LANGUAGES = ["en", "en de", "en fr", "en pl", "en es"]
SKILLS = ["", "gifts", "food", "gifts food", "returns"]


def pin(staff):
    """Six digits, none of the first that a guesser tries: as sync/model/staff.cpp judges it."""
    for attempt in range(100):
        digits = f"{number('pin', f'{staff}/{attempt}', 1_000_000):06d}"
        steps = {(int(b) - int(a)) % 10 for a, b in zip(digits, digits[1:])}
        if steps not in ({0}, {1}, {9}) and digits[:4] != digits[2:] and digits[:3] != digits[3:]:
            return digits
    raise SystemExit(f"no PIN for {staff}")


def rows(stores, first_names, initials):
    for shop, store in enumerate(stores):
        taken = set()
        for place, role in enumerate(SHIFT):
            staff = str(1000 * (shop + 1) + place + 1)
            at = number("staff", staff, len(first_names))
            while first_names[at] in taken:
                at = (at + 1) % len(first_names)
            taken.add(first_names[at])
            yield (store["store"], staff, first_names[at], initials[number("staff-initial", staff, len(initials))], role,
                   LANGUAGES[place], SKILLS[place], pin(staff), "", "")
