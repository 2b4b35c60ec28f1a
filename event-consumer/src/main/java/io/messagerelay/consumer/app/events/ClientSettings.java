package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.app.Address;
import io.messagerelay.consumer.app.ConsumerSettings;
import java.net.URI;
import java.util.Optional;

/**
 * Where the service is, and who asks.
 *
 * @param service its URL, without a slash at its end
 * @param name of the account
 * @param password of the account
 */
record ClientSettings(URI service, String name, String password) {
  /**
   * Those of this process: the environment over {@code .env} in the working directory.
   *
   * @throws CommandException naming every problem at once
   */
  static ClientSettings read() {
    Settings settings = Settings.ofThisProcess();
    ClientSettings read = from(settings);
    settings.requireNoProblem();
    return read;
  }

  static ClientSettings from(Settings settings) {
    Optional<URI> url = settings.find(ConsumerSettings.CONSUMER_URL);
    Address address = ConsumerSettings.address(settings).reachable();
    return new ClientSettings(
        withoutSlash(url.orElseGet(() -> URI.create(address.toString()))),
        settings.get(ConsumerSettings.SERVICE_NAME),
        settings.get(ConsumerSettings.SERVICE_PASSWORD));
  }

  private static URI withoutSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }

  @Override
  public String toString() {
    return name + " at " + service;
  }
}
