namespace Chat;

/// <summary>Serves the web page. Its files are inside the program, so that a published binary runs from any folder.</summary>
internal static class Page
{
    // Nothing from elsewhere, no inline script or style, no framing: text that somebody sends stays text.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapPage(this IEndpointRouteBuilder app)
    {
        app.MapFile("/", "index.html", "text/html; charset=utf-8");
        app.MapFile("/style.css", "style.css", "text/css; charset=utf-8");
        foreach (var script in (string[])["chat.js", "client/ChatClient.js", "client/typedchannels.js"])
            app.MapFile("/" + script, Path.GetFileName(script), "text/javascript; charset=utf-8");
    }

    private static void MapFile(this IEndpointRouteBuilder app, string path, string name, string contentType)
    {
        var file = Read(name);
        RequestDelegate send = async context =>
        {
            var response = context.Response;
            response.ContentType = contentType;
            response.ContentLength = file.Length;
            response.Headers.CacheControl = "no-cache";
            response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            response.Headers.XContentTypeOptions = "nosniff";
            await response.Body.WriteAsync(file, context.RequestAborted);
        };
        app.MapGet(path, send);
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(Page).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The page's file {name} is not in the program.");
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        return file;
    }
}
