package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The files of the checkout that stand beside the services, as trees. */
final class DeployFiles {
  static final String ALERTS = "deploy/prometheus/alerts.yml";
  static final String DASHBOARD = "deploy/grafana/message-relay.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeployFiles() {}

  static String text(String file) {
    try {
      return Files.readString(Checkout.find().file(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String file) {
    return JSON.valueToTree(new Yaml().load(text(file)));
  }

  static JsonNode json(String file) {
    return ConsumerApi.tree(text(file));
  }

  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** The texts of a list. */
  static List<String> texts(JsonNode list) {
    return each(list).map(JsonNode::asText).toList();
  }

  /** Every alert. */
  static List<JsonNode> alerts() {
    return each(yaml(ALERTS).get("groups")).flatMap(group -> each(group.get("rules"))).toList();
  }

  /** Every panel of the dashboard that shows something. */
  static List<JsonNode> panels() {
    return each(json(DASHBOARD).get("panels"))
        .filter(panel -> !panel.get("type").asText().equals("row"))
        .toList();
  }

  /** What is asked for by the alerts, and by the panels. */
  static List<Query> queries() {
    Stream<String> ofAlerts = alerts().stream().map(alert -> alert.get("expr").asText());
    return Stream.concat(ofAlerts, ofPanels()).map(Query::new).toList();
  }

  private static Stream<String> ofPanels() {
    return panels().stream()
        .flatMap(panel -> each(panel.get("targets")))
        .map(target -> target.get("expr").asText());
  }
}
