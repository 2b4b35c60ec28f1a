package io.messagerelay.consumer.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A folder whose schemas cannot be used; names every fault of every file. */
public final class BrokenSchemasException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<SchemaFault> faults;

  BrokenSchemasException(List<SchemaFault> faults) {
    super(faults.stream().map(SchemaFault::text).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** In the order of the files; never empty. */
  public List<SchemaFault> faults() {
    return faults;
  }
}
