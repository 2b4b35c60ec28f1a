package io.messagerelay.consumer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** A client of a running consumer with a token for everything. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningConsumer consumer;
  private final String token;

  Api(RunningConsumer consumer) {
    this.consumer = consumer;
    this.token = consumer.token("events:read events:write");
  }

  HttpRequest.Builder request(String path) {
    return consumer.request(path).header("Authorization", "Bearer " + token);
  }

  HttpRequest.Builder posting(String path, String type, String body) {
    return request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String body) {
    return send(posting("/event", "application/json", body));
  }

  HttpResponse<String> postLines(String body) {
    return send(posting("/event", "application/x-ndjson", body));
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return consumer.send(request);
  }

  String token() {
    return token;
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static String event(String id, String payload) {
    return "{\"event_type\":\"order.created\",\"event_payload\":\"%s\",\"event_id\":\"%s\"}"
        .formatted(payload, id);
  }
}
