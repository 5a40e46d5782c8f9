/** Who somebody is in a household, the applicant first. */
export const relations = ['applicant', 'spouse', 'child', 'parent', 'sibling', 'grandchild', 'other'] as const;
