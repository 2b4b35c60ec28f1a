package io.messagerelay.consumer.schema;

import io.messagerelay.contract.EventRules;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.JsonText;
import io.messagerelay.contract.Payload;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas of a folder that are in force. {@link #look}, called about each second, replaces them
 * as a whole when a file has changed; where one is broken those before stay. Shared by threads,
 * except {@code look}, which is for one.
 */
public final class Schemas implements EventRules {
  private static final Logger LOG = LoggerFactory.getLogger(Schemas.class);

  private final Path folder;
  private final SchemaFolder files;
  private final UnknownTypes unknown;
  private volatile SchemaSet inForce;

  // Owned by the thread that looks.
  private SchemaFolder.Look read;
  private SchemaFolder.Look last;

  private Schemas(
      Path folder,
      SchemaFolder files,
      UnknownTypes unknown,
      SchemaSet inForce,
      SchemaFolder.Look read) {
    this.folder = folder;
    this.files = files;
    this.unknown = unknown;
    this.inForce = inForce;
    this.read = read;
    this.last = read;
  }

  /**
   * Reads a folder.
   *
   * @throws BrokenSchemasException naming every fault of its files
   */
  public static Schemas open(Path folder, UnknownTypes unknown) throws BrokenSchemasException {
    var files = new SchemaFolder(folder);
    SchemaFolder.Look before = files.look();
    return new Schemas(folder, files, unknown, SchemaCompiler.compile(files, unknown), before);
  }

  /**
   * Looks at the folder. What has changed is read when it looks the same at the next look: who
   * writes it is done by then.
   */
  public void look() {
    SchemaFolder.Look now = files.look();
    boolean settled = now.equals(last);
    last = now;
    if (settled && !now.equals(read)) {
      read = now;
      readAgain();
    }
  }

  private void readAgain() {
    try {
      inForce = SchemaCompiler.compile(files, unknown);
      LOG.info("{} in force, read again", this);
    } catch (BrokenSchemasException e) {
      for (SchemaFault fault : e.faults()) {
        LOG.error("{}: {}; the schemas from before stay in force", folder, fault.text());
      }
    }
  }

  @Override
  public boolean allowAnyPayload() {
    return true;
  }

  @Override
  public List<Fault> faults(String type, Payload payload, JsonText event) {
    return inForce.faults(type, payload, event);
  }

  /** Whether there is a schema for whole events. */
  public boolean hasEnvelope() {
    return inForce.hasEnvelope();
  }

  /** How many files for types there are. */
  public int types() {
    return inForce.types();
  }

  /** For a person: {@code schemas of schemas: 3 of types and the envelope's}. */
  @Override
  public String toString() {
    SchemaSet set = inForce;
    return "schemas of "
        + folder
        + ": "
        + set.types()
        + " of types"
        + (set.hasEnvelope() ? " and the envelope's" : "");
  }
}
