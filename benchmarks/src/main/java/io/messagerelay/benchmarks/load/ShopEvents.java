package io.messagerelay.benchmarks.load;

import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.util.List;

/**
 * Events as a shop has them, each made from its number alone: twenty types, the second half as
 * frequent as the first, the third a third as frequent and so on; 10,000 keys, equally frequent;
 * JSON of about 200 bytes as a string. One event in {@value #RARE} has a key, a text and a member
 * of its own.
 */
public final class ShopEvents {
  /** From one rare event to the next. */
  public static final int RARE = 100_000;

  public static final String RARE_KEY = "customer-in-iceland";
  public static final String RARE_TEXT = "out of stock";
  public static final String RARE_COUNTRY = "IS";

  /** Every third event has it. */
  public static final String FREQUENT_TEXT = "at the door";

  /** Every other event has it. */
  public static final String FREQUENT_COUNTRY = "DE";

  private static final int KEYS = 10_000;
  private static final String ID_BEGIN = "01995b7e-0000-7000-8000-";

  /** The most frequent one first. */
  private static final List<String> TYPES =
      List.of(
          "page.viewed",
          "order.created",
          "order.paid",
          "stock.moved",
          "order.packed",
          "order.shipped",
          "cart.opened",
          "mail.sent",
          "order.closed",
          "cart.left",
          "customer.changed",
          "invoice.sent",
          "invoice.paid",
          "audit.login",
          "stock.low",
          "customer.created",
          "payment.failed",
          "order.cancelled",
          "payment.refunded",
          "mail.bounced");

  private static final double[] BOUNDS = bounds();

  private ShopEvents() {}

  private static double[] bounds() {
    double all = 0;
    for (int i = 1; i <= TYPES.size(); i++) {
      all += 1.0 / i;
    }
    double[] bounds = new double[TYPES.size()];
    double below = 0;
    for (int i = 0; i < bounds.length; i++) {
      below += 1.0 / (i + 1) / all;
      bounds[i] = below;
    }
    return bounds;
  }

  /** The event of this number, from 1. */
  public static Event event(long number) {
    String key = isRare(number) ? RARE_KEY : key(number);
    var payload = new Payload(Payload.Kind.STRING, payload(number, key));
    return new Event(id(number), type(number), payload, key, null);
  }

  private static boolean isRare(long number) {
    return number % RARE == 0;
  }

  /** In the order of the numbers. */
  public static String id(long number) {
    return "%s%012x".formatted(ID_BEGIN, number);
  }

  /** The key of an event that is not rare. */
  public static String key(long number) {
    return "customer-%04d".formatted(Math.floorMod(chance(number, 1), KEYS));
  }

  /** The type of this rank; the most frequent has 0. */
  public static String typeOfRank(int rank) {
    return TYPES.get(rank);
  }

  private static String type(long number) {
    double share = (chance(number, 2) >>> 11) * 0x1.0p-53;
    int rank = 0;
    while (rank < TYPES.size() - 1 && share >= BOUNDS[rank]) {
      rank++;
    }
    return TYPES.get(rank);
  }

  private static String payload(long number, String key) {
    long chance = chance(number, 3);
    String country = chance % 2 == 0 ? FREQUENT_COUNTRY : "AT";
    String note = chance % 3 == 0 ? "leave it " + FREQUENT_TEXT : "as a gift, wrapped in paper";
    return """
    {"order":%d,"customer":{"id":"%s","country":"%s"},"lines":[{"article":"lamp-%02d","count":%d},\
    {"article":"bulb-%02d","count":6}],"total":"%d.80","note":"%s"}"""
        .formatted(
            number,
            key,
            isRare(number) ? RARE_COUNTRY : country,
            Math.floorMod(chance, 90),
            Math.floorMod(chance, 9) + 1,
            Math.floorMod(chance, 70),
            Math.floorMod(chance, 900) + 10,
            isRare(number) ? RARE_TEXT : note);
  }

  /** The same for the same number and purpose: the finaliser of SplittableRandom. */
  private static long chance(long number, int purpose) {
    long z = (number * 4 + purpose) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
