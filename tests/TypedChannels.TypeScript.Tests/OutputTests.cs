using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using TypedChannels.Build;
using TypedChannels.Tests;

namespace TypedChannels.TypeScript.Tests;

/// <summary>The text of the generated files.</summary>
public class OutputTests(ITestOutputHelper output)
{
    // What a page of the chat sample loads, without the guards; gzipped.
    private const int MaxBytesWithoutGuards = 4096;

    [Theory]
    [InlineData("ShapeClient.js")]
    [InlineData("ShapeClient.d.ts")]
    public void Files_of_a_contract_of_every_shape_and_name(string file)
    {
        using var folder = GeneratedFolder.Of();
        var (name, extension) = (file[..file.IndexOf('.', StringComparison.Ordinal)], file[file.IndexOf('.', StringComparison.Ordinal)..]);
        var verified = Repository.PathTo("tests", "TypedChannels.TypeScript.Tests", "Snapshots", $"{name}.verified{extension}");
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(verified, folder.Files[file]);
        Assert.Equal(File.ReadAllText(verified), folder.Files[file]);
    }

    [Fact]
    public void Same_bytes_every_time_with_LF_only_and_without_a_path()
    {
        using var first = GeneratedFolder.Of();
        using var second = GeneratedFolder.Of();
        Assert.Equal(first.Files, second.Files);
        Assert.All(first.Files.Values, text => Assert.DoesNotContain('\r', text));
        Assert.All(first.Files.Values, text => Assert.DoesNotContain(Repository.Root, text, StringComparison.Ordinal));
        Assert.All(first.Files.Values, text => Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(' ')));
    }

    [Fact]
    public void Chat_sample_is_small()
    {
        var files = GeneratedFolder.FilesOf(typeof(global::Chat.ChatMessage).Assembly.Location, "ChatClient").ToDictionary(f => f.Name, f => f.Text);
        var (module, runtime) = (files["ChatClient.js"], files["typedchannels.js"]);
        var plainModule = Regex.Replace(module, "// What is received.*?\n\nconst \\$contract", "const $$contract", RegexOptions.Singleline);
        var plainRuntime = Regex.Replace(runtime, "// #region guards.*", "", RegexOptions.Singleline);
        output.WriteLine($"ChatClient.js {Gzipped(module)} bytes, typedchannels.js {Gzipped(runtime)} bytes, together {Gzipped(module + runtime)} bytes gzipped");
        output.WriteLine($"without guards together {Gzipped(plainModule + plainRuntime)} bytes gzipped");
        Assert.True(plainModule.Length < module.Length && plainRuntime.Length < runtime.Length);
        Assert.InRange(Gzipped(plainModule + plainRuntime), 1, MaxBytesWithoutGuards);
    }

    [Fact]
    public void Docs_end_no_comment_and_turn_no_text()
    {
        using var contract = CompiledContract.Of("""
            /// <summary>Ends */ here; @tag; <b>bold</b> &lt;i&gt; &#x202e;turned</summary>
            /// <remarks>@internal</remarks>
            [TypedChannels.Channel("a", Direction = TypedChannels.ChannelDirection.ToClient)] public sealed record A(int X);
            [TypedChannels.ChannelClient] public partial class C;
            """);
        using var folder = GeneratedFolder.OfAssembly(contract.Path, null);
        Assert.Contains("/**\n * Ends *\\/ here; @tag; bold <i> turned\n * \\@internal\n */\nexport interface A {", folder.Files["C.d.ts"], StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_whose_methods_would_meet_cannot_be_expressed()
    {
        var channel = new ContractChannel("a", "Aé", ToServer: true, ToClient: false, 0, IsEmpty: false, IsPublic: true, new ScalarUse("unknown"));
        var client = new ClientModel("C", "App.C", [channel, channel with { Name = "b" }], new Dictionary<string, ContractType>());
        var error = Assert.Throws<BuildErrorException>(() => _ = TypeScriptFiles.Of([client]).Count());
        Assert.Equal((BuildErrorException.Inexpressible, "Two channels of 'App.C' would be sent by sendAé(); give one of them a MemberName."), (error.Code, error.Message));
    }

    private static int Gzipped(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return (int)packed.Length;
    }
}
