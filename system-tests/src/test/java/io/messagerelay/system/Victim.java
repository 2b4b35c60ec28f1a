package io.messagerelay.system;

import io.messagerelay.servers.TestServer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A process that is killed and started again. Used by one thread. */
interface Victim {
  String name();

  boolean isAlive();

  /** Whether it has done some of its work since it was started. */
  boolean works();

  /** SIGKILL, and the wait for its end. */
  void kill();

  void start();

  /** Where a person looks when it does not work. */
  String trace();

  /** One of the services. */
  final class OfService implements Victim {
    private final Service service;
    private final Supplier<Child> starting;
    private final Predicate<Child> working;
    private Child child;

    /**
     * @param first the process that runs now
     * @param starting makes the next
     */
    OfService(Service service, Child first, Supplier<Child> starting, Predicate<Child> working) {
      this.service = service;
      this.child = first;
      this.starting = starting;
      this.working = working;
    }

    @Override
    public String name() {
      return service.command();
    }

    @Override
    public boolean isAlive() {
      return child.alive();
    }

    @Override
    public boolean works() {
      return working.test(child);
    }

    @Override
    public void kill() {
      child.kill();
    }

    @Override
    public void start() {
      child = starting.get();
    }

    @Override
    public String trace() {
      return child.log().toString();
    }
  }

  /** The server of a database. Starting it waits until it answers. */
  record OfServer(TestServer server) implements Victim {
    @Override
    public String name() {
      return "database server";
    }

    @Override
    public boolean isAlive() {
      return ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    /** What is stored, it stored. */
    @Override
    public boolean works() {
      return true;
    }

    @Override
    public void kill() {
      server.kill();
    }

    @Override
    public void start() {
      server.start();
    }

    @Override
    public String trace() {
      return "process " + server.pid();
    }
  }
}
