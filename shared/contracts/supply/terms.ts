/** How sure it is that a supply comes when it says. */
export const confidences = ['planned', 'confirmed', 'shipped'] as const;
/** How sure it is that a supply comes when it says. */
export type Confidence = (typeof confidences)[number];

/** Lines of a purchase order: all of them and the order itself fit into one transaction. */
export const mostPurchaseLines = 90;
