using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TypedChannels.Tests.Hosting;

/// <summary>Takes a token from the query, as a user's handler of bearer tokens would for browsers.</summary>
internal sealed class QueryTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Query["access_token"] is not [{ } token])
            return Task.FromResult(AuthenticateResult.NoResult());
        if (token != "alices-secret")
            return Task.FromResult(AuthenticateResult.Fail("The token is nobody's."));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "alice")], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
