package io.messagerelay.system;

import org.junit.jupiter.api.extension.RegisterExtension;

final class RelayIT extends RelayContract {
  @RegisterExtension final Site site = new Site();

  @Override
  Installation installation() {
    return site.get();
  }
}
