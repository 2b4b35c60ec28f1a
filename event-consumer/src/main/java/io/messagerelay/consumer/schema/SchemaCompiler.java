package io.messagerelay.consumer.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a set of a folder's files. Each is checked for itself first (JSON, and a schema of draft
 * 2020-12), then all together (what they refer to); a fault names file and line. A {@code $ref}
 * leads to files of the folder alone, by their place in it or by their {@code $id}. Used by one
 * thread, once.
 */
final class SchemaCompiler {
  private static final String ENVELOPE = "envelope.json";
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String OF_THE_DIALECT = "https://json-schema.org/draft/2020-12/";

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .locale(Locale.ROOT)
          .regularExpressionFactory(BoundedRegex::new)
          .build();

  private final UnknownTypes unknown;
  private final List<SchemaFault> faults = new ArrayList<>();
  private final SortedMap<String, byte[]> contents;
  private final SortedMap<String, JsonNode> trees = new TreeMap<>();
  private final Map<String, String> byAddress = new HashMap<>();

  private SchemaCompiler(SchemaFolder folder, UnknownTypes unknown) {
    this.unknown = unknown;
    this.contents = folder.read(faults);
  }

  static SchemaSet compile(SchemaFolder folder, UnknownTypes unknown)
      throws BrokenSchemasException {
    return new SchemaCompiler(folder, unknown).set();
  }

  private SchemaSet set() throws BrokenSchemasException {
    contents.forEach(this::read);
    checkForm();
    requireNoFault();
    Map<String, Schema> compiled = compiled();
    Map<String, Schema> types = new HashMap<>();
    Map<String, Schema> beginnings = new HashMap<>();
    compiled.forEach(
        (file, schema) -> {
          if (TypeFile.is(file)) {
            TypeFile.of(file)
                .ifPresentOrElse(
                    type -> (type.beginning() ? beginnings : types).put(type.text(), schema),
                    () -> fault(file, 0, "its name is not a type in percent-encoding"));
          }
        });
    requireNoFault();
    return new SchemaSet(compiled.get(ENVELOPE), types, beginnings, unknown);
  }

  private void requireNoFault() throws BrokenSchemasException {
    if (!faults.isEmpty()) {
      throw new BrokenSchemasException(faults);
    }
  }

  private void fault(String file, int line, String reason) {
    faults.add(new SchemaFault(file, line, reason));
  }

  private void read(String file, byte[] json) {
    try {
      JsonNode tree = Trees.read(json, 0, json.length);
      String dialect = tree.path("$schema").asText(DIALECT);
      if (dialect.equals(DIALECT) || dialect.equals(DIALECT + "#")) {
        trees.put(file, tree);
      } else {
        fault(file, Lines.of(json, "/$schema"), "must be of JSON Schema 2020-12 (" + DIALECT + ")");
      }
    } catch (Trees.Unreadable e) {
      fault(file, e.line(), e.reason());
    }
  }

  /** Against the schema that says what a schema is; patterns must be regular expressions. */
  private void checkForm() {
    Schema form =
        SchemaRegistry.withDialect(
                Dialects.getDraft202012(),
                registry ->
                    registry.schemaRegistryConfig(
                        SchemaRegistryConfig.builder(CONFIG).formatAssertionsEnabled(true).build()))
            .getSchema(SchemaLocation.of(DIALECT));
    trees.forEach(
        (file, tree) ->
            Findings.of(form, tree, "").stream()
                .limit(1)
                .forEach(
                    found -> fault(file, Lines.of(contents(file), found.pointer()), found.text())));
  }

  private byte[] contents(String file) {
    return contents.getOrDefault(file, new byte[0]);
  }

  private Map<String, Schema> compiled() {
    trees.forEach(
        (file, tree) -> {
          String text = new String(contents(file), StandardCharsets.UTF_8);
          byAddress.put(address(file), text);
          if (tree.path("$id").isTextual()) {
            byAddress.put(tree.path("$id").textValue(), text);
          }
        });
    SchemaRegistry registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            all ->
                all.schemaRegistryConfig(CONFIG)
                    .schemaLoader(loader -> loader.allow(at -> isOurs(at.toString())))
                    .schemas(byAddress));
    Map<String, Schema> compiled = new HashMap<>();
    trees.keySet().forEach(file -> compile(registry, file, compiled));
    return compiled;
  }

  private boolean isOurs(String address) {
    return byAddress.containsKey(address) || address.startsWith(OF_THE_DIALECT);
  }

  private void compile(SchemaRegistry registry, String file, Map<String, Schema> compiled) {
    try {
      Schema schema = registry.getSchema(SchemaLocation.of(address(file)));
      schema.initializeValidators();
      JsonNodeFactory json = JsonNodeFactory.instance;
      for (JsonNode sample : List.of(json.nullNode(), json.objectNode(), json.arrayNode())) {
        schema.validate(sample);
      }
      compiled.put(file, schema);
    } catch (SchemaException e) {
      String message = String.valueOf(e.getMessage());
      fault(file, lineOfReference(file, message), message);
    } catch (StackOverflowError e) {
      fault(file, 0, "refers to itself without an end");
    }
  }

  private int lineOfReference(String file, String message) {
    return Lines.ofReference(contents(file), message);
  }

  /** Nobody can have it: the name is reserved (RFC 2606). */
  private static String address(String file) {
    try {
      return new URI("https", "schemas.invalid", "/" + file, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every path can be quoted: " + file, e);
    }
  }
}
