package io.messagerelay.consumer.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventRules;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.JsonText;
import io.messagerelay.contract.Payload;
import io.messagerelay.contract.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiled schemas that are in force together. Immutable, shared by threads. */
final class SchemaSet implements EventRules {
  private static final String TYPE = "/" + Wire.EVENT_TYPE;
  private static final String PAYLOAD = "/" + Wire.EVENT_PAYLOAD;

  private final @Nullable Schema envelope;
  private final Map<String, Schema> types;
  private final TreeMap<String, Schema> beginnings;
  private final UnknownTypes unknown;

  /**
   * @param envelope for whole events; {@code null} for none
   * @param types for the payloads of one type each
   * @param beginnings for those of the types that begin so; the longest one counts
   */
  SchemaSet(
      @Nullable Schema envelope,
      Map<String, Schema> types,
      Map<String, Schema> beginnings,
      UnknownTypes unknown) {
    this.envelope = envelope;
    this.types = Map.copyOf(types);
    this.beginnings = new TreeMap<>(beginnings);
    this.unknown = unknown;
  }

  boolean hasEnvelope() {
    return envelope != null;
  }

  /** How many files for types there are. */
  int types() {
    return types.size() + beginnings.size();
  }

  @Override
  public boolean allowAnyPayload() {
    return true;
  }

  @Override
  public List<Fault> faults(String type, Payload payload, JsonText event) {
    Schema schema = schemaOf(type);
    if (schema == null && unknown == UnknownTypes.REFUSE) {
      return List.of(new Fault(TYPE, "has no schema here"));
    }
    if (schema == null && payload.kind() != Payload.Kind.STRING) {
      return List.of(new Fault(PAYLOAD, "must be a string, as its type has no schema"));
    }
    return schema == null && envelope == null ? List.of() : check(schema, event);
  }

  private @Nullable Schema schemaOf(String type) {
    Schema own = types.get(type);
    return own != null || beginnings.isEmpty() ? own : longestBeginning(type);
  }

  private @Nullable Schema longestBeginning(String type) {
    for (String key = beginnings.floorKey(type); key != null; key = beginnings.lowerKey(key)) {
      if (type.startsWith(key)) {
        return beginnings.get(key);
      }
    }
    return null;
  }

  private List<Fault> check(@Nullable Schema schema, JsonText event) {
    JsonNode tree;
    try {
      tree = Trees.read(event.bytes(), event.from(), event.to());
    } catch (Trees.Unreadable e) {
      return List.of(e.fault());
    }
    List<Fault> faults = new ArrayList<>();
    if (envelope != null) {
      faults.addAll(Findings.of(envelope, tree, ""));
    }
    if (schema != null) {
      faults.addAll(Findings.of(schema, tree.required(Wire.EVENT_PAYLOAD), PAYLOAD));
    }
    return faults.stream().distinct().limit(EventJson.MOST_FAULTS).toList();
  }
}
