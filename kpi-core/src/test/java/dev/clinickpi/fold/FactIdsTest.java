package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FactIdsTest {

    @Property
    void isASet(@ForAll List<@From("ids") Long> added) {
        FactIds ids = new FactIds();
        Set<Long> expected = new HashSet<>();
        for (long id : added) {
            assertThat(ids.add(id)).isEqualTo(expected.add(id));
        }
    }

    /** Small ones come again, and multiples of a power of two all look for the same place. */
    @Provide
    Arbitrary<Long> ids() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-3, 3),
                Arbitraries.longs().between(-9, 9).map(n -> n << 32));
    }
}
