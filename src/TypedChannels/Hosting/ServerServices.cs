using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels;

/// <summary>
/// Where a server's constructor takes its services from: the application's, but for those of a scope. The server would keep such a service,
/// a database context for instance, for all connections and for good; outside of development the container does not look.
/// </summary>
/// <param name="services">The application's services.</param>
/// <param name="registered">How they were registered.</param>
/// <param name="server">The server's name.</param>
internal sealed class ServerServices(IServiceProvider services, IServiceCollection registered, string server) : IKeyedServiceProvider
{
    public object? GetService(Type serviceType)
    {
        RefuseScoped(serviceType, key: null);
        return services.GetService(serviceType);
    }

    public object? GetKeyedService(Type serviceType, object? serviceKey)
    {
        RefuseScoped(serviceType, serviceKey);
        return ((IKeyedServiceProvider)services).GetKeyedService(serviceType, serviceKey);
    }

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
        GetKeyedService(serviceType, serviceKey)
        ?? throw new InvalidOperationException($"{server} needs a service of type {serviceType} with the key {serviceKey}, and none is registered.");

    private void RefuseScoped(Type type, object? key)
    {
        var registration = Find(type, key) ?? (type.IsConstructedGenericType ? Find(type.GetGenericTypeDefinition(), key) : null);
        if (registration?.Lifetime != ServiceLifetime.Scoped)
            return;
        throw new InvalidOperationException(
            $"{server} is one for the whole application, and cannot take the scoped service {type} in its constructor. "
            + "Let it take an IServiceScopeFactory, and make a scope for each message or connection that needs the service.");
    }

    // The last one registered is the one that is given.
    private ServiceDescriptor? Find(Type type, object? key) =>
        registered.LastOrDefault(descriptor => descriptor.ServiceType == type && Equals(descriptor.ServiceKey, key));
}
