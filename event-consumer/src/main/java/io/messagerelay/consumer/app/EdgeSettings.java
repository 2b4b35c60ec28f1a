package io.messagerelay.consumer.app;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.http.Cors;
import io.messagerelay.consumer.http.RequestLimits;
import io.messagerelay.consumer.http.connection.ClientAddress;
import io.messagerelay.consumer.http.connection.TrustedProxies;
import java.util.List;
import java.util.function.Function;

/**
 * How the service defends itself against its clients.
 *
 * @param connections open at once
 * @param addressConnections of those, from one address
 */
record EdgeSettings(
    int connections,
    int addressConnections,
    RequestLimits requests,
    TrustedProxies proxies,
    ClientAddress.Header proxyHeader,
    Cors cors) {

  private static final int MOST = 1_000_000;

  private static final Setting<Integer> CONNECTION_LIMIT =
      Setting.wholeNumber("CONNECTION_LIMIT", 1, MOST)
          .byDefault("4096")
          .means("At this many connections open at once more are closed at once.");
  private static final Setting<Integer> ADDRESS_CONNECTION_LIMIT =
      Setting.wholeNumber("ADDRESS_CONNECTION_LIMIT", 1, MOST)
          .byDefault("2048")
          .means(
              "The same for those from one address. Not for `TRUSTED_PROXIES`, whose clients share theirs.");
  private static final Setting<Integer> ADDRESS_REQUEST_LIMIT =
      Setting.wholeNumber("ADDRESS_REQUEST_LIMIT", 1, MOST)
          .byDefault("2048")
          .means(
              "At this many requests from one address under way at once more are answered with 429.");
  private static final Setting<Integer> ADDRESS_RATE_LIMIT =
      Setting.wholeNumber("ADDRESS_RATE_LIMIT", 1, MOST)
          .means(
              "Requests a second that an address may make; more are answered with 429. No limit when unset.");
  private static final Setting<Integer> ADDRESS_STREAM_LIMIT =
      Setting.wholeNumber("ADDRESS_STREAM_LIMIT", 0, MOST)
          .means(
              "Streams that an address may have open; more are answered with 429. Up to `STREAM_LIMIT` when unset.");
  private static final Setting<Integer> ACCOUNT_REQUEST_LIMIT =
      Setting.wholeNumber("ACCOUNT_REQUEST_LIMIT", 1, MOST)
          .byDefault("2048")
          .means(
              "At this many requests of one account under way at once more are answered with 429.");
  private static final Setting<Integer> ACCOUNT_STREAM_LIMIT =
      Setting.wholeNumber("ACCOUNT_STREAM_LIMIT", 0, MOST)
          .means(
              "Streams that an account may have open; more are answered with 429. Up to `STREAM_LIMIT` when unset.");
  private static final Setting<String> TRUSTED_PROXIES =
      Setting.text("TRUSTED_PROXIES")
          .means(
              "Reverse proxies whose word about their clients' addresses is taken: addresses and ranges, as `10.0.0.7, 192.168.0.0/16`. Nobody's when unset.");
  private static final Setting<ClientAddress.Header> TRUSTED_PROXY_HEADER =
      Setting.oneOf("TRUSTED_PROXY_HEADER", ClientAddress.Header.class)
          .byDefault("x_forwarded_for")
          .means("The header in which they write it; the other one is never looked at.");
  private static final Setting<String> CORS_ORIGINS =
      Setting.text("CORS_ORIGINS")
          .means(
              "Origins whose web pages may use the service from a browser, as `https://a.example, http://localhost:3000`. None when unset.");

  static final List<Setting<?>> ALL =
      List.of(
          CONNECTION_LIMIT,
          ADDRESS_CONNECTION_LIMIT,
          ADDRESS_REQUEST_LIMIT,
          ADDRESS_RATE_LIMIT,
          ADDRESS_STREAM_LIMIT,
          ACCOUNT_REQUEST_LIMIT,
          ACCOUNT_STREAM_LIMIT,
          TRUSTED_PROXIES,
          TRUSTED_PROXY_HEADER,
          CORS_ORIGINS);

  static EdgeSettings from(Settings settings) {
    return new EdgeSettings(
        settings.get(CONNECTION_LIMIT),
        settings.get(ADDRESS_CONNECTION_LIMIT),
        new RequestLimits(
            settings.get(ADDRESS_REQUEST_LIMIT),
            settings.get(ACCOUNT_REQUEST_LIMIT),
            settings.find(ADDRESS_RATE_LIMIT),
            settings.find(ADDRESS_STREAM_LIMIT),
            settings.find(ACCOUNT_STREAM_LIMIT)),
        list(settings, TRUSTED_PROXIES, TrustedProxies::parse, TrustedProxies.NONE),
        settings.get(TRUSTED_PROXY_HEADER),
        list(settings, CORS_ORIGINS, Cors::parse, Cors.OFF));
  }

  private static <T> T list(
      Settings settings, Setting<String> setting, Function<String, T> parse, T none) {
    try {
      return settings.find(setting).map(parse).orElse(none);
    } catch (IllegalArgumentException e) {
      settings.reject(setting, String.valueOf(e.getMessage()));
      return none;
    }
  }
}
