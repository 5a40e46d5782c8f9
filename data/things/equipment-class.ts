/** Whether a thing makes the product, or serves those who do: air, light, lifts, watch (I-3-1). */
export const equipmentClasses = ['production', 'non-production'] as const;
export type EquipmentClass = (typeof equipmentClasses)[number];
