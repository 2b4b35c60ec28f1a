package io.messagerelay.consumer.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The statement that reads a page, at a cost that neither the number of events nor their types and
 * keys change. Stateless.
 *
 * <p>With types or a key it names the indexes and the order of the join. MySQL would guess them by
 * how many rows it believes there are, and read half the table backwards for a type that was
 * frequent once. To SQLite, which needs no such help, what stands in the comments is none of the
 * statement.
 */
final class PageSql {
  private static final String FIRST_PLACES = "SELECT /*! STRAIGHT_JOIN */ ";
  private static final String OF_TYPE = "event /*! FORCE INDEX (event_by_type) */ WHERE type = ?";
  private static final String OF_KEY =
      "event /*! FORCE INDEX (event_by_key) */ WHERE event_key = ?";
  private static final String BY_ID = "event /*! FORCE INDEX (PRIMARY) */";

  private PageSql() {}

  /** What it looks for by index: the key, or else the types; with neither it reads all. */
  static List<String> names(Page page) {
    return page.key() == null ? page.types() : List.of(page.key());
  }

  /**
   * Its parameters: for each name the name, and then, once where there are none, the lowest
   * position, the highest one, exclusive, and the limit; with names the limit once more at the end.
   */
  static String of(Page page) {
    String direction = page.ascending() ? " ASC" : " DESC";
    String some = " id >= ? AND id < ? ORDER BY id" + direction + " LIMIT ?";
    List<String> names = names(page);
    if (names.isEmpty()) {
      return "SELECT " + EventTable.COLUMNS + " FROM event WHERE" + some;
    }
    String ofName =
        "SELECT id AS place FROM " + (page.key() == null ? OF_TYPE : OF_KEY) + " AND" + some;
    List<String> perName = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      perName.add("SELECT place FROM (" + ofName + ") AS n" + i);
    }
    String order = " ORDER BY place" + direction;
    String places = String.join(union(names), perName) + order + " LIMIT ?";
    return FIRST_PLACES
        + EventTable.COLUMNS
        + (" FROM (" + places + ") AS places CROSS JOIN " + BY_ID + " ON id = place")
        + order;
  }

  /** To MySQL, names that differ in blanks at their ends are one, and their places the same. */
  private static String union(List<String> names) {
    return names.stream().anyMatch(name -> name.endsWith(" ")) ? " UNION " : " UNION ALL ";
  }
}
