package io.walpost.outbox.runtime;

import io.debezium.outbox.quarkus.internal.OutboxConstants;
import org.hibernate.boot.ResourceStreamLocator;
import org.hibernate.boot.spi.AdditionalMappingContributions;
import org.hibernate.boot.spi.AdditionalMappingContributor;
import org.hibernate.boot.spi.InFlightMetadataCollector;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.mapping.SimpleValue;

/**
 * Lets the outbox row keep the id of its event. Debezium's mapping always generates one, so a caller could not know by
 * which id consumers will recognise its event.
 */
public final class OutboxIdContributor implements AdditionalMappingContributor {

    static final String ID_PROPERTY = "id";

    @Override
    public void contribute(
            AdditionalMappingContributions contributions,
            InFlightMetadataCollector metadata,
            ResourceStreamLocator resourceStreamLocator,
            MetadataBuildingContext buildingContext) {
        var outbox = metadata.getEntityBinding(OutboxConstants.OUTBOX_ENTITY_FULLNAME);
        if (outbox != null) {
            ((SimpleValue) outbox.getIdentifier()).setCustomIdGeneratorCreator(context -> new OutboxIdGenerator());
        }
    }
}
