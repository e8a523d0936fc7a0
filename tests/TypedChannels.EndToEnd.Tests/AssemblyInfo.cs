using TypedChannels.Tests.Packages;
using Xunit.Sdk;
using Xunit.v3;

// Each test here builds, links or browses on every core. Together with the other test projects one at a time is enough.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(LocalFeed))]
