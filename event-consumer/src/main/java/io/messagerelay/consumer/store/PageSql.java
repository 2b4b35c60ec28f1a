package io.messagerelay.consumer.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The statement that reads a page, at a cost that neither the number of events nor their types
 * change. Stateless.
 *
 * <p>With types it names the indexes and the order of the join. MySQL would guess them by how many
 * rows it believes there are, and read half the table backwards for a type that was frequent once.
 * To SQLite, which needs no such help, what stands in the comments is none of the statement.
 */
final class PageSql {
  private static final String FIRST_PLACES = "SELECT /*! STRAIGHT_JOIN */ ";
  private static final String OF_TYPE = "event /*! FORCE INDEX (event_by_type) */ WHERE type = ?";
  private static final String BY_ID = "event /*! FORCE INDEX (PRIMARY) */";

  private PageSql() {}

  /**
   * Its parameters: for each type the type, and then, once where there are none, the lowest
   * position, the highest one, exclusive, and the limit; with types the limit once more at the end.
   */
  static String of(Page page) {
    String direction = page.ascending() ? " ASC" : " DESC";
    String some = " id >= ? AND id < ? ORDER BY id" + direction + " LIMIT ?";
    List<String> types = page.types();
    if (types.isEmpty()) {
      return "SELECT " + EventTable.COLUMNS + " FROM event WHERE" + some;
    }
    String ofType = "SELECT id AS place FROM " + OF_TYPE + " AND" + some;
    List<String> perType = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      perType.add("SELECT place FROM (" + ofType + ") AS t" + i);
    }
    String order = " ORDER BY place" + direction;
    String places = String.join(union(types), perType) + order + " LIMIT ?";
    return FIRST_PLACES
        + EventTable.COLUMNS
        + (" FROM (" + places + ") AS places CROSS JOIN " + BY_ID + " ON id = place")
        + order;
  }

  /** To MySQL, types that differ in blanks at their ends are one, and their places the same. */
  private static String union(List<String> types) {
    return types.stream().anyMatch(type -> type.endsWith(" ")) ? " UNION " : " UNION ALL ";
  }
}
