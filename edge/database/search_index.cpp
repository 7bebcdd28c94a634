// SPDX-License-Identifier: Apache-2.0
// Builds and follows the search index. Statements: sql/search_source.sql (store.db), sql/search_index.sql (search.db).
#include "edge/database/search_index.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/log.hpp"
#include "edge/database/search_words.hpp"
#include "edge/database/word_lists.hpp"
#include "sqlite/migrations.hpp"
#include "sync/model/gtin.hpp"
#include "sync/pricing/pricing.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::int64_t writer_cache_kib = 2048;
constexpr std::size_t description_words_max = 60;  // of each language: what comes later describes, and finds too much
constexpr std::size_t alias_letters_min = 4;       // "and", "und" and "for" name no department

Result<std::unique_ptr<Connection>> open_search(const std::string& path) {
  auto connection = Connection::open(path, sql_book(), {Connection::Use::write, writer_cache_kib, false});
  if (!connection) return connection;
  if (const std::string found = (*connection)->quick_check(); found != "ok") return fail("database_damaged", found);
  if (auto failed = sqlite::migrate(**connection, sql_book(), "search")) return std::unexpected(*failed);
  return connection;
}

void remove_database(const std::string& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
}

void append(std::string& to, const std::vector<std::string>& words) {
  for (const std::string& word : words) to += (to.empty() || to.back() == '\n' ? "" : " ") + word;
}

// What the index keeps of a product's texts, folded.
struct Texts {
  std::string title;  // languages apart at line breaks
  std::string more;
};

Texts texts_of(const Product& product) {
  Texts out;
  for (const auto& [language, title] : product.title) {
    if (!out.title.empty()) out.title += '\n';
    const SearchWords words = search_words(title);
    append(out.title, words.words);
    append(out.more, words.spelled);
  }
  const auto also = [&](std::string_view text, std::size_t words_max = SIZE_MAX) {
    SearchWords words = search_words(text);
    words.words.resize(std::min(words.words.size(), words_max));
    append(out.more, words.words);
    append(out.more, words.spelled);
  };
  also(product.original_title);
  also(product.brand);
  for (std::size_t i = 1; i < product.category.size(); ++i) also(product.category[i]);  // the first is the department's name
  for (const std::string& word : product.search_words) also(word);
  for (const auto& [name, value] : product.attributes) also(value);
  for (const auto& [language, description] : product.description) also(description, description_words_max);
  if (!product.department.empty()) out.more += " #" + product.department;
  return out;
}

// When its price may change by itself; none: never.
std::optional<UtcMs> next_change(const sync::pricing::PriceDocument& price, UtcMs now) {
  std::optional<UtcMs> next;
  const auto consider = [&](UtcMs at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  for (const auto& entry : price.entries) {
    consider(entry.from);
    if (entry.to) consider(*entry.to);
  }
  return next;
}

// Bodies of one collection in order of ids, read in step with another list in the same order.
class Beside {
 public:
  Beside(Statement row, std::size_t skip) : row_(std::move(row)), skip_(skip), there_(row_.step()) {}
  std::optional<std::string_view> at(std::string_view id) {
    while (there_ && row_.text_at(0).substr(skip_) < id) there_ = row_.step();
    if (!there_ || row_.text_at(0).substr(skip_) != id) return std::nullopt;
    return row_.text_at(1);
  }

 private:
  Statement row_;
  std::size_t skip_;  // of the ids: what stands before the SKU
  bool there_;
};

Beside prices_of(Connection& store, const std::string& zone) {
  Statement row = store.statement("prices_between");
  row.text(zone + "/").text(zone + "0");  // '0' follows '/'
  return {std::move(row), zone.size() + 1};
}

}  // namespace

Result<std::unique_ptr<SearchWriter>> SearchWriter::open(const std::string& search_path, const std::string& store_path,
                                                         SearchShop shop) {
  auto search = open_search(search_path);
  if (!search && search.error().code != "disk_full") {
    log::warning("the search index is made anew", {{"reason", search.error().message}});
    remove_database(search_path);
    search = open_search(search_path);
  }
  if (!search) return std::unexpected(search.error().within(search_path));
  auto store = Connection::open(store_path, sql_book(), {Connection::Use::read, writer_cache_kib, true});
  if (!store) return std::unexpected(store.error());
  return std::unique_ptr<SearchWriter>(new SearchWriter(std::move(*search), std::move(*store), std::move(shop)));
}

Facts SearchWriter::facts_of(const Product& product, std::optional<std::string_view> price, std::optional<std::string_view> stock,
                             UtcMs now) {
  Facts facts;
  facts.popularity = product.popularity;
  if (!product.department.empty()) facts.department = department_number(product.department);
  if (price) {
    if (const auto document = decoder_.price(*price)) {
      if (const auto entry = sync::pricing::price_at(*document, now)) {
        facts.price_minor = static_cast<std::uint32_t>(std::clamp<std::int64_t>(entry->current_minor, 0, no_price - 1));
      }
      if (const auto at = next_change(*document, now)) add_due(*at, product.sku);
    }
  }
  if (stock) {
    const auto figure = decoder_.stock(*stock, now);
    facts.in_stock = figure && figure->on_hand > 0;
    if (figure && figure->changes_at) add_due(*figure->changes_at, product.sku);
  }
  return facts;
}

void SearchWriter::add_due(UtcMs at, const sync::Sku& sku) {
  search_->statement("add_due").integer(at.value).text(sku.text).run();
}

std::uint16_t SearchWriter::department_number(const std::string& id) {
  {
    Statement found = search_->statement("department_number");
    if (found.text(id).step()) return static_cast<std::uint16_t>(found.integer_at(0));
  }
  Statement add = search_->statement("add_department");
  return add.text(id).step() ? static_cast<std::uint16_t>(std::min<std::int64_t>(add.integer_at(0), UINT16_MAX)) : 0;
}

std::optional<std::string> SearchWriter::body(std::string_view collection, const std::string& id) {
  Statement row = store_->statement("seen");
  if (!row.text(collection).text(id).step() || row.is_null(0)) return std::nullopt;
  return std::string(row.text_at(0));
}

void SearchWriter::put_piece(std::uint32_t piece, const std::string& bytes) {
  search_->statement("put_fact").integer(piece).blob(bytes.data(), bytes.size()).run();
}

void SearchWriter::build(UtcMs now) {
  search_->execute(
      "DELETE FROM entry; DELETE FROM gtin; DELETE FROM word; DELETE FROM posting; DELETE FROM fact; DELETE FROM department; "
      "DELETE FROM due;"
      "CREATE TEMP TABLE IF NOT EXISTS collected (sku TEXT, code TEXT, style TEXT, title TEXT, more TEXT, popularity INTEGER, "
      "facts BLOB);"
      "CREATE TEMP TABLE IF NOT EXISTS collected_gtin (gtin TEXT, sku TEXT);"
      "DELETE FROM temp.collected; DELETE FROM temp.collected_gtin");
  {
    Beside prices = prices_of(*store_, shop_.zone);
    Statement row = store_->statement("all_products");
    while (row.step()) {
      const auto product = decoder_.product(row.text_at(1));
      if (!product || product->ended || search_->failure()) continue;
      const Facts facts =
          facts_of(*product, prices.at(row.text_at(0)), body("stock", shop_.store.text + "/" + product->sku.text), now);
      std::string bytes(Facts::size, '\0');
      facts.write(bytes.data());
      const Texts texts = texts_of(*product);
      Statement put = search_->statement("collect");
      put.text(product->sku.text).text(folded_code(product->sku.text)).text(product->style).text(texts.title).text(texts.more);
      put.integer(product->popularity).blob(bytes.data(), bytes.size()).run();
      for (const std::string& gtin : product->gtins) search_->statement("collect_gtin").text(gtin).text(product->sku.text).run();
    }
  }
  WordListBuild words(*search_);
  std::uint32_t number = 0;
  std::string piece;
  Statement row = search_->statement("collected");
  while (row.step()) {
    ++number;
    Statement put = search_->statement("put_entry");
    put.integer(number)
        .text(row.text_at(0))
        .text(row.text_at(1))
        .text(row.text_at(2))
        .text(row.text_at(3))
        .text(row.text_at(4))
        .run();
    words.add(number, entry_words(row.text_at(3), row.text_at(4)));
    put_fact_in(piece, number, Facts::read(row.blob_at(6).data()));
    if (number % facts_per_piece == facts_per_piece - 1) {
      put_piece(number / facts_per_piece, piece);
      piece.clear();
    }
  }
  if (!piece.empty()) put_piece(number / facts_per_piece, piece);
  words.finish();
  search_->execute(
      "INSERT INTO gtin (gtin, number) SELECT gtin, number FROM temp.collected_gtin JOIN entry USING (sku) WHERE true ORDER BY "
      "gtin ON CONFLICT DO NOTHING;"
      "DROP TABLE temp.collected; DROP TABLE temp.collected_gtin");
  take_aliases();
}

// Which words mean which department, and which words mean each other.
void SearchWriter::take_aliases() {
  search_->statement("clear_aliases").run();
  const auto add = [&](const std::string& stem, const std::string& target) {
    if (!stem.empty() && stem != target) search_->statement("add_alias").text(stem).text(target).run();
  };
  if (const auto found = body("content", "departments")) {
    for (const Department& department : decoder_.departments(*found)) {
      for (const auto& [language, name] : department.name) {
        const SearchWords words = search_words(name);
        for (const auto* list : {&words.words, &words.spelled}) {
          for (const std::string& word : *list) {
            if (word.size() >= alias_letters_min) add(stem_of(word), "#" + department.id);
          }
        }
      }
    }
  }
  const auto found = body("content", "synonyms");
  if (!found) return;
  for (const std::vector<std::string>& group : decoder_.synonyms(*found)) {
    std::set<std::string> stems;
    for (const std::string& word : group) {
      const SearchWords folded = search_words(word);
      if (folded.words.size() == 1) stems.insert(stem_of(folded.words.front()));
      for (const std::string& spelled : folded.spelled) stems.insert(stem_of(spelled));
    }
    for (const std::string& stem : stems) {
      for (const std::string& other : stems) add(stem, other);
    }
  }
}

void SearchWriter::take_all_facts(UtcMs now) {
  search_->statement("clear_due").run();
  std::vector<std::pair<std::uint32_t, Facts>> all;  // 16 bytes an entry, for as long as this takes
  {
    Statement row = search_->statement("skus_in_order");
    Beside prices = prices_of(*store_, shop_.zone);
    Beside products(store_->statement("all_products"), 0);
    while (row.step()) {
      const std::string sku(row.text_at(0));
      const auto found = products.at(sku);
      if (!found) continue;
      if (const auto product = decoder_.product(*found)) {
        all.emplace_back(static_cast<std::uint32_t>(row.integer_at(1)),
                         facts_of(*product, prices.at(sku), body("stock", shop_.store.text + "/" + sku), now));
      }
    }
  }
  std::ranges::sort(all, {}, &std::pair<std::uint32_t, Facts>::first);
  std::string piece;
  for (std::size_t i = 0; i < all.size(); ++i) {
    put_fact_in(piece, all[i].first, all[i].second);
    if (i + 1 < all.size() && all[i + 1].first / facts_per_piece == all[i].first / facts_per_piece) continue;
    put_piece(all[i].first / facts_per_piece, piece);
    piece.clear();
  }
}

void SearchWriter::take(const sync::Sku& sku, UtcMs now) {
  std::uint32_t number = 0;
  Texts before;
  {
    Statement old = search_->statement("entry_of_sku");
    if (old.text(sku.text).step()) {
      number = static_cast<std::uint32_t>(old.integer_at(0));
      before = {std::string(old.text_at(1)), std::string(old.text_at(2))};
    }
  }
  std::optional<Product> product;
  if (const auto found = body("product", sku.text)) product = decoder_.product(*found);
  if (number != 0) search_->statement("remove_gtins").integer(number).run();
  if (!product || product->ended) {
    if (number == 0) return;
    change_words(*search_, number, entry_words(before.title, before.more), {});
    search_->statement("remove_entry").integer(number).run();
    return;
  }
  const Texts after = texts_of(*product);
  if (number == 0) {
    if (Statement last = search_->statement("last_entry"); last.step())
      number = static_cast<std::uint32_t>(last.integer_at(0)) + 1;
    Statement put = search_->statement("put_entry");
    put.integer(number).text(sku.text).text(folded_code(sku.text)).text(product->style).text(after.title).text(after.more).run();
  } else {
    search_->statement("change_entry").text(product->style).text(after.title).text(after.more).integer(number).run();
  }
  change_words(*search_, number, entry_words(before.title, before.more), entry_words(after.title, after.more));
  for (const std::string& gtin : product->gtins) search_->statement("add_gtin").text(gtin).integer(number).run();

  const Facts facts =
      facts_of(*product, body("price", shop_.zone + "/" + sku.text), body("stock", shop_.store.text + "/" + sku.text), now);
  std::string piece;
  if (Statement old = search_->statement("fact"); old.integer(number / facts_per_piece).step()) piece = old.blob_at(0);
  put_fact_in(piece, number, facts);
  put_piece(number / facts_per_piece, piece);
}

std::size_t SearchWriter::take_due(UtcMs now) {
  std::vector<std::pair<std::int64_t, sync::Sku>> due;
  {
    Statement row = search_->statement("due");
    row.integer(now.value).unsigned_integer(search_changes_per_step);
    while (row.step()) due.emplace_back(row.integer_at(0), std::string(row.text_at(1)));
  }
  for (const auto& [at, sku] : due) {
    search_->statement("remove_due").integer(at).text(sku.text).run();
    take(sku, now);
  }
  return due.size();
}

void SearchWriter::take_journal(Progress& progress, UtcMs now) {
  std::set<sync::Sku> changed;  // a product, its price and its stock often change together
  bool everything = false;
  {
    Statement row = store_->statement("journal_after");
    row.unsigned_integer(progress.journal_n).unsigned_integer(search_changes_per_step);
    while (row.step()) {
      if (row.text_at(1).empty()) {
        everything = true;
      } else {
        changed.emplace(std::string(row.text_at(1)));
      }
      progress.journal_n = row.unsigned_at(0);
      ++progress.changes;
    }
  }
  for (const sync::Sku& sku : changed) take(sku, now);
  if (everything) {
    take_aliases();
    take_all_facts(now);
  }
  progress.more = progress.changes == search_changes_per_step;
}

Result<SearchWriter::Progress> SearchWriter::catch_up(UtcMs now) {
  Progress progress;
  store_->begin_read();
  search_->begin_write();
  std::string source;
  if (Statement row = store_->statement("search_source"); row.step()) {
    source = std::string(row.text_at(0)) + " " + shop_.store.text + " " + shop_.zone;
  }
  std::string reflected;
  if (Statement row = search_->statement("reflects"); row.step()) {
    reflected = row.text_at(0);
    progress.journal_n = row.unsigned_at(1);
  }
  std::size_t due = 0;
  if (source != reflected) {
    build(now);
    progress.built = true;
    if (Statement row = store_->statement("journal_last"); row.step()) progress.journal_n = row.unsigned_at(0);
  } else {
    take_journal(progress, now);
    due = take_due(now);
    progress.more = progress.more || due == search_changes_per_step;
  }
  if (progress.built || progress.changes > 0) {
    search_->statement("put_reflects").text(source).unsigned_integer(progress.journal_n).run();
  }
  if (auto failed = store_->commit()) {
    search_->rollback();
    search_->take_failure();
    return std::unexpected(failed->within("reading products for the search index"));
  }
  if (auto failed = search_->commit()) return std::unexpected(failed->within("writing the search index"));
  return progress;
}

}  // namespace vitrine::edge::database
