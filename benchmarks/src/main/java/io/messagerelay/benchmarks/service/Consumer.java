package io.messagerelay.benchmarks.service;

import io.messagerelay.benchmarks.machine.ProcessTimes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running event-consumer, as a process of its own, and its API. */
public final class Consumer implements AutoCloseable {
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
  private static final int TRIES = 600;
  private static final int PAUSE_MILLIS = 100;
  private static final int OK = 200;

  private final Child child;
  private final int port;
  private final HttpClient client;

  private Consumer(Child child, int port) {
    this.child = child;
    this.port = port;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param settings where its store is
   * @param javaOptions for its JVM; may be empty
   */
  public static Consumer start(Site site, Map<String, String> settings, String javaOptions)
      throws IOException, InterruptedException {
    int port = Site.freePort();
    Map<String, String> all = new HashMap<>(settings);
    all.put("CONSUMER_PORT", Integer.toString(port));
    all.put("JAVA_OPTS", javaOptions);
    var consumer = new Consumer(site.start("event-consumer", all, "run"), port);
    try {
      consumer.awaitReady();
      return consumer;
    } catch (IllegalStateException | InterruptedException e) {
      consumer.close();
      throw e;
    }
  }

  private void awaitReady() throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      child.requireAlive();
      try {
        if (get("/ready", "").statusCode() == OK) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new IllegalStateException("event-consumer does not get ready; its log: " + child.log());
  }

  public int port() {
    return port;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public ProcessTimes times() {
    return child.times();
  }

  /** An access token that outlives the measurement. */
  public String token() throws IOException, InterruptedException {
    String form = "username=" + encoded(Site.ACCOUNT) + "&password=" + encoded(Site.PASSWORD);
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve("/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    Matcher token = TOKEN.matcher(answer);
    if (!token.find()) {
      throw new IllegalStateException("no token in the answer to /token: " + answer);
    }
    return token.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The answer to a {@code GET}. */
  public HttpResponse<String> get(String target, String token)
      throws IOException, InterruptedException {
    return get(target, token, BodyHandlers.ofString());
  }

  /**
   * The answer to a {@code GET}.
   *
   * @param headers names and values in turns
   */
  public <T> HttpResponse<T> get(
      String target, String token, BodyHandler<T> body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url().resolve(target)).header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), body);
  }

  /** The sum of the metrics whose lines begin so, labels included. */
  public double metric(String begin) throws IOException, InterruptedException {
    return get("/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** What its intake has committed so far. */
  public Groups groups() throws IOException, InterruptedException {
    return new Groups(
        metric("message_relay_group_events_count"), metric("message_relay_group_events_sum"));
  }

  /** Transactions and the events in them. */
  public record Groups(double count, double events) {
    /** The mean size of those since then. */
    public double meanSince(Groups then) {
      return (events - then.events) / (count - then.count);
    }
  }

  @Override
  public void close() {
    client.close();
    child.close();
  }
}
