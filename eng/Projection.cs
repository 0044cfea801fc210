#if TESTS // the tests see the internals of several projects, so they need one that is nearer
namespace MiniDock.Tests;
#else
namespace MiniDock;
#endif

/// <summary>
/// The <c>Select</c> that code in <c>MiniDock.*</c> binds to: an enclosing namespace comes before <c>using System.Linq</c>.
/// </summary>
/// <remarks>
/// System.Linq's is a generic virtual method of its iterators. Native AOT makes it for every pair of an element type and a result
/// type that are structures somewhere in the program, whether they meet or not: half of the binary.
/// </remarks>
internal static class Projection
{
    /// <summary>Projects each element, lazily and in order.</summary>
    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> source, Func<T, TResult> selector)
    {
        foreach (var element in source)
        {
            yield return selector(element);
        }
    }
}
