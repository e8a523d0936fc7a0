using TypedChannels.Generators.Tests;

namespace TypedChannels.Analyzers.Tests.Usage;

public class WrongWayAnalyzerTests
{
    [Theory]
    [InlineData("await connection.SendAsync({|TCH0046:\"ask\"|});")]
    [InlineData("await server.EmitAsync({|TCH0046:\"ask\"|});")]
    [InlineData("const string Name = \"ask\"; await server.EmitAsync({|TCH0046:Name|}, new Ask(\"\"), App.ChannelJsonContext.Default.Ask);")]
    [InlineData("await client.SendAsync({|TCH0046:\"tell\"|});")]
    [InlineData("await client.SendAsync(message: new Tell(\"\"), typeInfo: App.ChannelJsonContext.Default.Tell, channel: {|TCH0046:\"te\" + \"ll\"|});")]
    public Task Channel_sent_against_its_direction_is_TCH0046(string statement) => Contract.Expect(statement);

    [Theory]
    [InlineData("await connection.SendAsync(\"tell\");")]
    [InlineData("await client.SendAsync(\"ask\");")]
    [InlineData("await server.EmitAsync(\"chat\");")]
    [InlineData("await server.EmitAsync(\"other\");")]
    [InlineData("await server.EmitAsync(\"Ask\");")]
    [InlineData("var name = \"ask\"; await server.EmitAsync(name);")]
    [InlineData("TypedChannels.Connection<P> any = connection; await any.SendAsync(\"ask\");")]
    public Task Channel_sent_as_it_goes_or_unknown_is_accepted(string statement) => Contract.Expect(statement);

    [Fact]
    public Task Channel_of_another_assembly_is_known() => Diagnosis.ExpectOfLibrary(
        """
        public class P;
        [ChannelServer<P>(Contracts = [typeof(Other.Ask)])]
        public sealed partial class TheServer
        {
            public ValueTask TellAsync() => EmitAsync({|TCH0046:"ask"|});
        }
        """,
        Other());

    private static Microsoft.CodeAnalysis.MetadataReference Other() => new Project(
        "Other", "using TypedChannels; namespace Other; [Channel(\"ask\", Direction = ChannelDirection.ToServer)] public record Ask(int X);")
    { RootNamespace = "Other" }.Build();
}
