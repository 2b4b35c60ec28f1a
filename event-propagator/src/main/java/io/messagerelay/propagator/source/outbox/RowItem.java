package io.messagerelay.propagator.source.outbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.ItemId;
import io.messagerelay.contract.JsonText;
import io.messagerelay.contract.Sha256;
import io.messagerelay.propagator.source.SourceItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes items of rows. A row's id is its own, or one that is made of the table and the key and is
 * therefore the same whenever and by whomever the row is taken:
 *
 * <pre>
 *   4f0c2a9be1d07733-0000000000000004711    16 hex digits of SHA-256(database, table), the key
 *   4f0c2a9be1d07733-9b1d…e07               a key that is no number: 32 of SHA-256(key)
 * </pre>
 */
final class RowItem {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();
  private static final int TABLE_DIGITS = 16;
  private static final int KEY_DIGITS = 32;
  private static final int LONGEST_NUMBER = 20;

  private final String place;
  private final String idPrefix;
  private final PayloadForm payloads;

  RowItem(OutboxServer server, OutboxTable table) {
    this.place = table + "/";
    this.idPrefix = digits(server.database() + "\0" + table, TABLE_DIGITS) + "-";
    this.payloads = table.payloads();
  }

  SourceItem of(Row row) {
    List<String> faults = faults(row);
    if (!faults.isEmpty()) {
      return broken(row, faults);
    }
    byte[] body = json(row, row.payload(), payloads);
    if (body.length > EventLimits.EVENT_BYTES) {
      return broken(
          row,
          List.of(
              "the event is %d bytes long; at most %d are allowed, and its payload is cut here"
                  .formatted(body.length, EventLimits.EVENT_BYTES)));
    }
    return new SourceItem.Whole(
        body, place + row.key(), new ItemId.OwnOr(idPrefix + id(row.key())));
  }

  /** What is no event has its payload, or the beginning of it, as text. */
  private SourceItem broken(Row row, List<String> faults) {
    return new SourceItem.Broken(
        json(row, excerpt(row), PayloadForm.TEXT), place + row.key(), String.join("; ", faults));
  }

  private List<String> faults(Row row) {
    List<String> faults = new ArrayList<>();
    if (row.eventType() == null) {
      faults.add("event_type is NULL");
    }
    if (row.payload() == null) {
      faults.add("event_payload is NULL");
    } else if (row.payloadBytes() > Rows.PAYLOAD_BYTES) {
      faults.add(
          "event_payload is %d bytes long; at most %d are allowed, and it is cut here"
              .formatted(row.payloadBytes(), Rows.PAYLOAD_BYTES));
    } else if (payloads == PayloadForm.JSON) {
      JsonText.fault(row.payload()).ifPresent(fault -> faults.add("event_payload " + fault));
    }
    return faults;
  }

  /** So much of the payload as fits into a dead letter, however it is escaped. */
  private static @Nullable String excerpt(Row row) {
    String payload = row.payload();
    if (payload == null || payload.length() <= Rows.EXCERPT) {
      return payload;
    }
    int end = Character.isHighSurrogate(payload.charAt(Rows.EXCERPT - 1)) ? 1 : 0;
    return payload.substring(0, Rows.EXCERPT - end);
  }

  private static byte[] json(Row row, @Nullable String payload, PayloadForm form) {
    var out = new ByteArrayOutputStream(256 + (payload == null ? 0 : payload.length()));
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      write(json, Column.EVENT_ID, row.eventId());
      write(json, Column.EVENT_TYPE, row.eventType());
      write(json, Column.EVENT_KEY, row.eventKey());
      write(json, Column.TRACEPARENT, row.traceparent());
      if (payload != null && form == PayloadForm.JSON) {
        json.writeFieldName(Column.EVENT_PAYLOAD.defaultName());
        json.writeRawValue(payload);
      } else {
        write(json, Column.EVENT_PAYLOAD, payload);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written to", e);
    }
    return out.toByteArray();
  }

  /** Each column's default name is the member's. */
  private static void write(JsonGenerator json, Column column, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(column.defaultName(), value);
    }
  }

  private static String id(String key) {
    boolean number = key.length() <= LONGEST_NUMBER && key.chars().allMatch(RowItem::isDigit);
    return number ? "0".repeat(LONGEST_NUMBER - key.length()) + key : digits(key, KEY_DIGITS);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static String digits(String text, int count) {
    return HexFormat.of().formatHex(Sha256.of(text), 0, count / 2);
  }
}
