package io.messagerelay.consumer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The API's description: what it says of a request's answers, and what it says by example.
 * Immutable; shared by threads.
 */
final class Description {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(Dialects.getDraft202012());

  private final JsonNode document;

  Description(JsonNode document) {
    this.document = document;
  }

  /** A schema, what must keep to it, and where the two stand. */
  record Example(String where, JsonNode schema, JsonNode value) {}

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  /** What stands there, or where it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** Each operation by its name, as {@code post /event}. */
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operations.put(
                                operation.getKey() + ' ' + path.getKey(), operation.getValue())));
    return operations;
  }

  /** What is said of any request. */
  JsonNode anywhere() {
    return document.at("/components/responses/Anywhere");
  }

  /** The answers of this status, or all others; empty where the operation is not described. */
  Optional<JsonNode> response(String method, Route route, int status) {
    String name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    JsonNode responses = document.path("paths").path(route.path()).path(name).path("responses");
    return Stream.of(Integer.toString(status), "default")
        .map(responses::path)
        .filter(response -> !response.isMissingNode())
        .map(this::resolved)
        .findFirst();
  }

  /**
   * What is wrong with a value. Members that the schema does not name are wrong too, so that
   * nothing is answered that the description does not know.
   */
  List<String> faults(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.get("components").deepCopy());
    close(whole);
    return REGISTRY.getSchema(whole).validate(value).stream().map(Object::toString).toList();
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode schema
        && schema.path("properties").isObject()
        && !schema.has("additionalProperties")) {
      schema.put("additionalProperties", false);
    }
    node.forEach(Description::close);
  }

  /** Every example there is, of bodies, of headers and of schemas. */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    collect("", document, examples);
    return examples;
  }

  private void collect(String where, JsonNode node, List<Example> examples) {
    if (node.has("schema")) {
      ofContent(node).forEach(e -> examples.add(example(where, node.get("schema"), e)));
    }
    if (node.path("examples").isArray()) {
      node.get("examples").forEach(value -> examples.add(example(where, node, value)));
    }
    if (node.isObject()) {
      node.properties().forEach(e -> collect(where + '/' + e.getKey(), e.getValue(), examples));
    } else {
      node.forEach(each -> collect(where + "/*", each, examples));
    }
  }

  private static Example example(String where, JsonNode schema, JsonNode value) {
    return new Example(where, schema, value);
  }

  /** Of a media type, a parameter or a header. */
  static Stream<JsonNode> ofContent(JsonNode content) {
    return Stream.concat(
        content.has("example") ? Stream.of(content.get("example")) : Stream.empty(),
        elements(content.path("examples")).map(named -> named.get("value")));
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  /** Whether a body is shown by an example of its own or of what it is made of. */
  boolean isShown(JsonNode content) {
    JsonNode schema = content.get("schema");
    return ofContent(content).findAny().isPresent()
        || resolved(schema).has("examples")
        || resolved(schema.path("items")).has("examples");
  }
}
