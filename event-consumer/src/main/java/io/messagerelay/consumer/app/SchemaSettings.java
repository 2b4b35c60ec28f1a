package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.schema.BrokenSchemasException;
import io.messagerelay.consumer.schema.Schemas;
import io.messagerelay.consumer.schema.UnknownTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the schemas of events are.
 *
 * @param unknown what becomes of types without one
 */
record SchemaSettings(Path folder, UnknownTypes unknown) {
  private static final Setting<Path> SCHEMA_DIR =
      Setting.path("SCHEMA_DIR")
          .means(
              "The folder with JSON Schemas that events must keep to, see `docs/schemas.md`. When"
                  + " unset, the built-in form alone.");
  private static final Setting<UnknownTypes> UNKNOWN_TYPES =
      Setting.oneOf("UNKNOWN_TYPES", UnknownTypes.class)
          .byDefault("accept")
          .means("What becomes of events whose type has no schema in `SCHEMA_DIR`.");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(SCHEMA_DIR, UNKNOWN_TYPES);

  /** Empty where there are no schemas. */
  static Optional<SchemaSettings> from(Settings settings) {
    UnknownTypes unknown = settings.get(UNKNOWN_TYPES);
    Optional<Path> folder = settings.find(SCHEMA_DIR);
    if (folder.isEmpty() && unknown == UnknownTypes.REFUSE) {
      settings.reject(UNKNOWN_TYPES, "refuses every event while SCHEMA_DIR is not set");
    }
    return folder.map(path -> new SchemaSettings(path, unknown));
  }

  /**
   * @throws CommandException naming every fault of every file
   */
  Schemas open() {
    try {
      return Schemas.open(folder, unknown);
    } catch (BrokenSchemasException e) {
      throw CommandException.settings(problems(e));
    }
  }

  private List<String> problems(BrokenSchemasException e) {
    return e.faults().stream().map(fault -> "SCHEMA_DIR " + folder + ": " + fault.text()).toList();
  }
}
