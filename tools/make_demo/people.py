# SPDX-License-Identifier: Apache-2.0
"""Shoppers: a number and a country are real, all else is invented from fixed lists and a hash of the number. And what they agree to."""

import datetime

from tables import check_digit, number

CUSTOMERS = "customer first_name initial language country phone_last2 languages home_store email loyalty sizes preferences".split()
CONSENTS = "customer purpose state at".split()
HAS_HOME_STORE = 40  # of a hundred
# Of a hundred, how many were asked and agreed; of those, one in ten took it back.
AGREE = {"home_store": 85, "history": 70, "personalisation": 50, "marketing_email": 45, "profiling": 25}
TOOK_BACK = 10
WISHES = ("gift bags rather than boxes", "no plastic wrapping", "likes to be shown what is new", "prefers to look around alone",
          "collects after six o'clock")


def home_store(customer, stores):
    if number("has-home-store", customer, 100) >= HAS_HOME_STORE:
        return ""
    return stores[number("home-store", customer, len(stores))]["store"]


def loyalty(customer):
    """The number on their card: FB, seven digits, a check digit."""
    digits = f"{int(customer):07d}"
    return f"FB{digits}{check_digit(digits)}"


def sizes(customer):
    """Of those who have told them: one in three."""
    if number("has-sizes", customer, 3) > 0:
        return ""
    return f"aprons={'SML'[number('apron', customer, 3)]}; gloves={6 + number('gloves', customer, 5)}"


def preferences(customer):
    """One in four has said one thing."""
    return WISHES[number("wish", customer, len(WISHES))] if number("has-wish", customer, 4) == 0 else ""


def customer_rows(country_of, countries, stores, first_names, initials):
    for customer in sorted(country_of):
        code, language = countries[country_of[customer]]
        yield (customer, first_names[number("name", customer, len(first_names))],
               initials[number("initial", customer, len(initials))], language, code, f"{number('phone', customer, 100):02d}",
               language if language == "en" else f"{language} en", home_store(customer, stores),
               f"c{customer}@shoppers.example", loyalty(customer), sizes(customer), preferences(customer))


def consent_rows(customers, last_day):
    for customer in sorted(customers):
        for purpose, of_hundred in AGREE.items():
            name = f"{customer}/{purpose}"
            if number("agrees", name, 100) >= of_hundred:
                continue
            yield customer, purpose, "granted", last_day - datetime.timedelta(days=30 + number("agreed-at", name, 300))
            if number("took-back", name, 100) < TOOK_BACK:
                yield customer, purpose, "withdrawn", last_day - datetime.timedelta(days=1 + number("took-back-at", name, 29))
