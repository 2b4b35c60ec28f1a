package io.messagerelay.system;

import io.messagerelay.servers.TestServer;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MysqlRelayIT extends RelayContract {
  @RegisterExtension final Site site = Site.on(TestServer::shared);

  @Override
  Installation installation() {
    return site.get();
  }
}
