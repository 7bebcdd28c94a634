// SPDX-License-Identifier: Apache-2.0
// Builds and follows the search index. Statements: sql/search_source.sql (store.db), sql/search_index.sql (search.db).
#include "edge/database/search_index.hpp"

#include <filesystem>

#include "base/log.hpp"
#include "sqlite/migrations.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::int64_t writer_cache_kib = 2048;

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

// "ß" is a letter of its own to the tokenizer; people type "ss".
std::string with_ss(std::string text) {
  for (std::size_t at = text.find("ß"); at != std::string::npos; at = text.find("ß", at)) text.replace(at, 2, "ss");
  return text;
}

std::string title_text(const Product& product) {
  std::string text;
  for (const auto& [language, words] : product.title) text += (text.empty() ? "" : "\n") + words;
  return with_ss(text);
}

std::string more_text(const Product& product) {
  std::string text = product.sku.text + " " + product.brand + " " + product.department + " " + product.original_title;
  for (const std::string& word : product.category) text += " " + word;
  return with_ss(text);
}

}  // namespace

Result<std::unique_ptr<SearchWriter>> SearchWriter::open(const std::string& search_path, const std::string& store_path) {
  auto search = open_search(search_path);
  if (!search && search.error().code != "disk_full") {
    log::warning("the search index is made anew", {{"reason", search.error().message}});
    remove_database(search_path);
    search = open_search(search_path);
  }
  if (!search) return std::unexpected(search.error().within(search_path));
  auto store = Connection::open(store_path, sql_book(), {Connection::Use::read, writer_cache_kib, true});
  if (!store) return std::unexpected(store.error());
  return std::unique_ptr<SearchWriter>(new SearchWriter(std::move(*search), std::move(*store)));
}

void SearchWriter::build() {
  search_->execute(
      "INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM entry; DELETE FROM gtin;"
      "CREATE TEMP TABLE IF NOT EXISTS collected (sku TEXT, title TEXT, more TEXT); DELETE FROM temp.collected");
  Statement row = store_->statement("all_products");
  while (row.step()) {
    const auto product = decoder_.product(row.text_at(0));
    if (!product || product->ended || search_->failure()) continue;
    search_->statement("collect").text(product->sku.text).text(title_text(*product)).text(more_text(*product)).run();
    for (const std::string& gtin : product->gtins) search_->statement("add_gtin").text(gtin).text(product->sku.text).run();
  }
  search_->execute(
      "INSERT INTO entry (sku, title, more) SELECT sku, title, more FROM temp.collected ORDER BY title COLLATE NOCASE, sku;"
      "INSERT INTO words (words) VALUES ('rebuild'); DELETE FROM temp.collected");
}

void SearchWriter::take(const sync::Sku& sku) {
  std::optional<std::int64_t> number;
  {
    Statement old = search_->statement("entry_of_sku");
    if (old.text(sku.text).step()) {
      number = old.integer_at(0);
      search_->statement("remove_words").integer(*number).text(old.text_at(1)).text(old.text_at(2)).run();
    }
  }
  search_->statement("remove_gtins").text(sku.text).run();
  std::optional<Product> product;
  {
    Statement row = store_->statement("base");
    if (row.text("product").text(sku.text).step() && !row.is_null(3)) product = decoder_.product(row.text_at(3));
  }
  if (!product || product->ended) {
    if (number) search_->statement("remove_entry").integer(*number).run();
    return;
  }
  const std::string title = title_text(*product);
  const std::string more = more_text(*product);
  if (number) {
    search_->statement("change_entry").text(title).text(more).integer(*number).run();
  } else {
    Statement add = search_->statement("add_entry");
    if (add.text(sku.text).text(title).text(more).step()) number = add.integer_at(0);
  }
  if (number) search_->statement("add_words").integer(*number).text(title).text(more).run();
  for (const std::string& gtin : product->gtins) search_->statement("add_gtin").text(gtin).text(sku.text).run();
}

Result<SearchWriter::Progress> SearchWriter::catch_up() {
  Progress progress;
  store_->begin_read();
  search_->begin_write();
  std::string source;
  if (Statement row = store_->statement("search_source"); row.step()) source = row.text_at(0);
  std::string reflected;
  if (Statement row = search_->statement("reflects"); row.step()) {
    reflected = row.text_at(0);
    progress.journal_n = row.unsigned_at(1);
  }
  if (source != reflected) {
    build();
    progress.built = true;
    if (Statement row = store_->statement("journal_last"); row.step()) progress.journal_n = row.unsigned_at(0);
  } else {
    Statement row = store_->statement("journal_after");
    row.unsigned_integer(progress.journal_n).unsigned_integer(search_changes_per_step);
    while (row.step()) {
      take(sync::Sku{std::string(row.text_at(1))});
      progress.journal_n = row.unsigned_at(0);
      ++progress.changes;
    }
    progress.more = progress.changes == search_changes_per_step;
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
