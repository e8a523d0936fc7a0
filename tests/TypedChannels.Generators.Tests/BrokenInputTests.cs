namespace TypedChannels.Generators.Tests;

/// <summary>Code as it is while it is typed: the generator never throws, and what can be generated is.</summary>
public class BrokenInputTests
{
    [Theory]
    [InlineData("[TypedChannels.Channel] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(42)] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(Missing.Name)] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(\"a\", Missing = 3)] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(\"a\", MaxBytes = \"x\", Direction = 7, MemberName = 1)] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(\"a\")] public record")]
    [InlineData("[TypedChannels.Channel(\"a\")] public record M(")]
    [InlineData("[TypedChannels.Channel(\"a\")] public record M(Missing X, Missing<int> Y);")]
    [InlineData("[TypedChannels.Channel(\"a\")] public record M : Missing;")]
    [InlineData("[TypedChannels.Channel(\"a\")] public record M : M;")]
    [InlineData("[TypedChannels.Channel(\"a\")] public enum M { }")]
    [InlineData("[TypedChannels.Channel(\"a\")] public interface M;")]
    [InlineData("[TypedChannels.Channel(\"a\")] [TypedChannels.Channel(\"b\")] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(\"a\")] public partial record M(int X); [TypedChannels.Channel(\"b\")] public partial record M;")]
    [InlineData("[TypedChannels.Channel(\"a\")] public record M(int X); [TypedChannels.Channel(\"a\")] public record M(int X);")]
    [InlineData("[TypedChannels.Channel(\"a\")] public class M; [TypedChannels.Channel(\"b\")] public struct M;")]
    [InlineData("class O { [TypedChannels.Channel(\"a\")] public record M; } struct O { [TypedChannels.Channel(\"a\")] public record M; }")]
    [InlineData("[TypedChannels.ChannelServer] public partial class S;")]
    [InlineData("[TypedChannels.ChannelServer<>] public partial class S;")]
    [InlineData("[TypedChannels.ChannelServer<Missing>] public partial class S;")]
    [InlineData("[TypedChannels.ChannelServer<int>] public partial class S;")]
    [InlineData("[TypedChannels.ChannelServer<S>] public partial class S;")]
    [InlineData("[TypedChannels.ChannelServer<object>] [TypedChannels.ChannelServer<string>] public partial class S;")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class S : Missing<SConnection>;")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class S : S;")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class S(Missing m);")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class")]
    [InlineData("[TypedChannels.ChannelServer<object>] public class S { public partial class SConnection")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class S; public enum SConnection;")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class S; public delegate void SConnection();")]
    [InlineData("[TypedChannels.ChannelServer<object>] public partial class S; [TypedChannels.ChannelServer<object>] public partial struct S;")]
    [InlineData("[TypedChannels.ChannelClient(Contracts = [typeof(Missing)])] public partial class C;")]
    [InlineData("[TypedChannels.ChannelClient(Contracts = [null, typeof(int*), typeof(int[])])] public partial class C;")]
    [InlineData("[TypedChannels.ChannelClient(Contracts = null)] public partial class C;")]
    [InlineData("[TypedChannels.ChannelClient(Contracts = [typeof(C<>)])] public partial class C; class C<T>;")]
    [InlineData("[TypedChannels.ChannelClient(Contracts = )] public partial class C;")]
    [InlineData("[TypedChannels.ChannelClient, TypedChannels.ChannelServer<object>] public partial class C;")]
    [InlineData("[assembly: TypedChannels.ChannelJson(ContextName = \"1 2\")] [TypedChannels.Channel(\"a\")] public record M(int X);")]
    [InlineData("[assembly: TypedChannels.ChannelContract(1, null, null)]")]
    public void Half_typed_declaration_never_throws_and_leaves_the_others_generated(string broken)
    {
        var generated = new Project("App", Samples.Chat, Samples.Server, Samples.Client, broken).Generate();
        Assert.Null(generated.Result.Results.Single().Exception);
        Assert.Contains("Server.App.ChatServer.g.cs", generated.Files.Keys);
        Assert.Contains("Client.App.ChatClient.g.cs", generated.Files.Keys);
        Assert.Contains("Channel.Chat.g.cs", generated.Files.Keys);
        Assert.Contains("Channel.SetName.g.cs", generated.Files.Keys);
    }

    [Fact]
    public void Every_prefix_of_the_sample_is_survived()
    {
        var source = Samples.Chat + Samples.Server.Replace("using TypedChannels;", "", StringComparison.Ordinal).Replace("namespace App;", "", StringComparison.Ordinal);
        for (var length = 0; length < source.Length; length += 7)
            Assert.Null(new Project("App", source[..length]).Generate().Result.Results.Single().Exception);
    }

    [Fact]
    public void Duplicate_channel_is_generated_for_the_record_whose_name_comes_first()
    {
        var generated = new Project("App", """
            [TypedChannels.Channel("a")] public record Z(int X);
            [TypedChannels.Channel("a")] public record B(int X);
            [TypedChannels.Channel("c")] public record C(int X);
            """).Generate();
        generated.CompilesWithoutWarnings();
        Assert.Equal(["Channel.A.g.cs", "Channel.C.g.cs", "ChannelContract.g.cs", "ChannelManifest.g.cs", "Codec.A.g.cs", "Codec.C.g.cs"], generated.Files.Keys);
        Assert.Contains("global::B", generated.Files["Channel.A.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class C;")]
    [InlineData("public partial class C<T>;")]
    [InlineData("public static partial class C;")]
    [InlineData("public abstract partial class C;")]
    [InlineData("public partial record C;")]
    public void Class_that_cannot_be_completed_gets_nothing(string declaration) =>
        Assert.Empty(new Project("App", "[TypedChannels.ChannelClient] " + declaration).Generate().Files);

    [Fact]
    public void Channel_that_collides_in_a_class_is_left_out_of_that_class_only()
    {
        var generated = new Project("App", Samples.Chat, Samples.Client, Samples.Server.Replace("ChatServer;", "ChatServer { public int OnChat; }", StringComparison.Ordinal)).Generate();
        generated.CompilesWithoutWarnings();
        Assert.DoesNotContain("OnChat", generated.Files["Server.App.ChatServer.g.cs"], StringComparison.Ordinal);
        Assert.Contains("OnSetName", generated.Files["Server.App.ChatServer.g.cs"], StringComparison.Ordinal);
        Assert.Contains("OnChat", generated.Files["Client.App.ChatClient.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Contract_of_an_unknown_version_is_left_alone()
    {
        var future = new Project("Future", "[assembly: TypedChannels.ChannelContract(2, typeof(M), typeof(M))] [TypedChannels.Channel(\"a\")] public record M(int X);")
        {
            RootNamespace = "Future",
        };
        // Compiled without the generator, which would add the version of today.
        var output = new MemoryStream();
        Assert.True(future.Compile().WithOptions(future.Compile().Options.WithGeneralDiagnosticOption(Microsoft.CodeAnalysis.ReportDiagnostic.Default)).Emit(output, cancellationToken: TestContext.Current.CancellationToken).Success);
        var reference = Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(output.ToArray());
        var generated = new Project("App", "[TypedChannels.ChannelClient(Contracts = [typeof(M)])] public partial class C;") { References = [.. Project.Framework, reference] }.Generate();
        generated.CompilesWithoutWarnings();
        Assert.DoesNotContain("OnA", generated.All, StringComparison.Ordinal);
    }
}
