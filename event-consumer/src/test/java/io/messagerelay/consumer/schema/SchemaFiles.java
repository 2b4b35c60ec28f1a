package io.messagerelay.consumer.schema;

import io.messagerelay.contract.Event;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.ItemKey;
import io.messagerelay.contract.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of schemas that a test writes, and events that are read by it. */
final class SchemaFiles {
  private final Path folder;

  SchemaFiles(Path folder) {
    this.folder = folder;
  }

  SchemaFiles write(String file, String schema) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  SchemaFiles delete(String file) {
    try {
      Files.delete(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Schemas open() {
    return open(UnknownTypes.ACCEPT);
  }

  Schemas open(UnknownTypes unknown) {
    try {
      return Schemas.open(folder, unknown);
    } catch (BrokenSchemasException e) {
      throw new AssertionError(e);
    }
  }

  /** What is wrong with the folder, a line each. */
  List<String> broken() {
    try {
      throw new AssertionError("opened: " + Schemas.open(folder, UnknownTypes.ACCEPT));
    } catch (BrokenSchemasException e) {
      return e.faults().stream().map(SchemaFault::text).toList();
    }
  }

  static Reading read(Schemas schemas, String event) {
    return new EventJson(() -> "new-id", ItemKey.OWN, schemas)
        .read(event.getBytes(StandardCharsets.UTF_8), null);
  }

  /** The event of this type whose payload is given as it stands in the JSON. */
  static String event(String type, String payload) {
    return "{\"event_type\":\"%s\",\"event_payload\":%s}".formatted(type, payload);
  }

  static Event valid(Schemas schemas, String event) {
    if (read(schemas, event) instanceof Reading.Valid(var valid)) {
      return valid;
    }
    throw new AssertionError(faults(schemas, event));
  }

  static List<String> faults(Schemas schemas, String event) {
    return switch (read(schemas, event)) {
      case Reading.Valid _ -> List.of();
      case Reading.Faulty faulty -> faulty.faults().stream().map(Fault::text).toList();
      case Reading.TooLarge large -> throw new AssertionError(large);
    };
  }
}
