using System.Text.Json;

namespace Snippets;

internal static class JsonPage
{
    public static string Write(ChatMessage message, JsonSerializerOptions options)
    {
        #region json-context
        var text = JsonSerializer.Serialize(message, ChannelJsonContext.Default.ChatMessage);
        options.TypeInfoResolverChain.Add(ChannelJsonContext.Default);
        #endregion
        return text;
    }
}
