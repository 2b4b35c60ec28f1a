package io.messagerelay.propagator.spool;

class FakeSpoolTest extends SpoolContract {
  @Override
  Spool open(Lanes lanes, long bound) {
    return new FakeSpool(lanes, bound, clock);
  }
}
