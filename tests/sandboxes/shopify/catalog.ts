import { type ProductSet, type VariantSet, catalogInputs } from './catalog-inputs.ts';

type Payload = Readonly<Record<string, unknown>>;

/** A variant as the shop has it. */
export interface CatalogVariant {
  readonly id: string;
  readonly inventoryItemId: string;
  price: string;
  compareAtPrice: string | null;
  barcode?: string;
  inventoryPolicy: string;
  sku: string;
  tracked: boolean;
  weightGrams?: number;
  readonly options: Readonly<Record<string, string>>;
  /** Whether it was taken off with its product, as an app noted it. */
  isGone?: string;
}

/** A product as the shop has it. */
export interface CatalogProduct {
  readonly id: string;
  readonly handle: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  status: string;
  optionNames: string[];
  files: { readonly id: string; readonly filename: string }[];
  isPublished: boolean;
  variants: CatalogVariant[];
}

const refused = (field: readonly string[], message: string, code: string, more: Payload = {}): Payload => ({
  product: null,
  ...more,
  userErrors: [{ field, message, code }],
});

/** The products of a shop, and the questions and mutations of 2026-04 about them. */
export class ShopifyCatalog {
  readonly products: CatalogProduct[] = [];
  /** What the search has not seen yet, by SKU: it lags behind. */
  readonly unseen = new Set<string>();
  #next = 100;

  /** What an app needs to ask this; `undefined`: it is not about the catalog. */
  scopeOf(root: string | undefined): string | undefined {
    if (root === 'publications') return 'read_publications';
    if (root === 'publishablePublish') return 'write_publications';
    if (root === 'productSet' || root?.startsWith('productVariantsBulk') === true) return 'write_products';
    return root === 'productByIdentifier' || root === 'productVariants' ? 'read_products' : undefined;
  }

  /** Everything by root field, to be selected from. @throws ZodError for an input that Shopify does not know */
  answer(root: string, variables: unknown): Payload {
    if (root === 'publications')
      return { publications: { nodes: [{ id: 'gid://shopify/Publication/1', name: 'Online Store' }] } };
    if (root === 'productByIdentifier') {
      const { identifier } = catalogInputs.product.parse(variables);
      const product = this.#product(identifier);
      return { productByIdentifier: product === undefined ? null : this.#node(product) };
    }
    if (root === 'productVariants') {
      const { ids, query } = catalogInputs.listed.parse(variables);
      const skus = [...query.matchAll(/sku:"((?:[^"\\]|\\.)*)"/g)].map(([, sku]) => sku ?? '');
      const all = this.products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
      const found = all.filter(({ variant: { sku } }) => skus.includes(sku) && !this.unseen.has(sku));
      return {
        nodes: ids.map((id) => {
          const one = all.find(({ variant }) => variant.id === id);
          return one === undefined ? null : this.#variantNode(one.variant, one.product);
        }),
        productVariants: { nodes: found.map(({ variant, product }) => this.#variantNode(variant, product)) },
      };
    }
    return { [root]: this.#mutate(root, variables) };
  }

  #mutate(root: string, variables: unknown): Payload {
    if (root === 'productSet') return this.#set(catalogInputs.productSet.parse(variables));
    if (root === 'publishablePublish') {
      const product = this.#product({ id: catalogInputs.publishablePublish.parse(variables).id });
      if (product !== undefined) product.isPublished = true;
      return { userErrors: [] };
    }
    if (root === 'productVariantsBulkDelete') {
      const { productId, variantsIds } = catalogInputs.productVariantsBulkDelete.parse(variables);
      const product = this.#product({ id: productId });
      const left = product?.variants.filter(({ id }) => !variantsIds.includes(id)) ?? [];
      if (left.length === 0)
        return refused(['variantsIds'], 'Cannot delete all variants', 'CANNOT_DELETE_LAST_VARIANT');
      if (product !== undefined) product.variants = left;
      return { userErrors: [] };
    }
    const { productId } = catalogInputs.productVariantsBulkDelete.pick({ productId: true }).loose().parse(variables);
    const product = this.#product({ id: productId });
    if (product === undefined) return refused(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
    return root === 'productVariantsBulkCreate' ? this.#add(product, variables) : this.#update(product, variables);
  }

  #set({ identifier, input }: ProductSet): Payload {
    const { title, files, variants, productOptions, handle, ...fields } = input;
    const known = this.#product(identifier);
    if (known === undefined && 'id' in identifier)
      return refused(['input'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
    if (title !== undefined && title.length > 255)
      return refused(['input', 'title'], 'Title is too long (maximum is 255 characters)', 'INVALID_INPUT');
    const product = known ?? this.#made(handle ?? '');
    if (variants !== undefined) {
      const taken = duplicate(variants.map(({ optionValues }) => optionValues));
      if (taken !== undefined)
        return refused(
          ['input', 'variants', String(taken)],
          'The variant already exists. Please change at least one option value.',
          'VARIANT_ALREADY_EXISTS',
        );
      product.optionNames = (productOptions ?? []).map(({ name }) => name);
      product.variants = variants.map((one) => this.#variant(one));
    }
    if (known === undefined) this.products.push(product);
    Object.assign(product, { ...fields, ...(title !== undefined && { title }) });
    if (files !== undefined)
      product.files = files.map((file) =>
        'id' in file
          ? (product.files.find(({ id }) => id === file.id) ?? { id: file.id, filename: '' })
          : { id: this.#id('MediaImage'), filename: file.filename },
      );
    return { product: this.#node(product), userErrors: [] };
  }

  #update(product: CatalogProduct, given: unknown): Payload {
    const { variants } = catalogInputs.productVariantsBulkUpdate.parse(given);
    for (const { id, inventoryItem, metafields = [], ...fields } of variants) {
      const variant = product.variants.find((one) => one.id === id);
      const isGone = metafields.find(({ namespace, key }) => `${namespace}.${key}` === 'crossdock.gone')?.value;
      if (variant !== undefined)
        Object.assign(variant, { ...fields, ...itemOf(inventoryItem), ...(isGone !== undefined && { isGone }) });
    }
    const lost = variants.findIndex(({ id }) => !product.variants.some((one) => one.id === id));
    if (lost === -1) return { userErrors: [] };
    return refused(
      ['variants', String(lost), 'id'],
      'Product variant does not exist',
      'PRODUCT_VARIANT_DOES_NOT_EXIST',
    );
  }

  #add(product: CatalogProduct, given: unknown): Payload {
    const { variants } = catalogInputs.productVariantsBulkCreate.parse(given);
    const present = product.variants.map(({ options }) => valuesOf(options));
    const other = variants.findIndex(({ optionValues }) =>
      optionValues.some(({ optionName }) => !product.optionNames.includes(optionName)),
    );
    if (other !== -1)
      return refused(['variants', String(other)], 'Option does not exist', 'OPTION_DOES_NOT_EXIST', {
        productVariants: null,
      });
    const taken = duplicate([...present, ...variants.map(({ optionValues }) => optionValues)]);
    if (taken !== undefined)
      return refused(
        ['variants', String(taken - present.length)],
        'The variant already exists. Please change at least one option value.',
        'VARIANT_ALREADY_EXISTS',
        { productVariants: null },
      );
    const made = variants.map((one) => this.#variant(one));
    product.variants.push(...made);
    return { productVariants: made.map((one) => this.#variantNode(one, product)), userErrors: [] };
  }

  #product(identifier: { readonly id: string } | { readonly handle: string }): CatalogProduct | undefined {
    return this.products.find((one) =>
      'id' in identifier ? one.id === identifier.id : one.handle === identifier.handle,
    );
  }

  #made(handle: string): CatalogProduct {
    const id = this.#id('Product');
    const texts = { title: '', descriptionHtml: '', vendor: '', productType: '', status: 'ACTIVE' };
    return { id, handle, ...texts, optionNames: [], files: [], isPublished: false, variants: [] };
  }

  #variant({ optionValues, inventoryItem, ...fields }: VariantSet): CatalogVariant {
    const bare = { price: '0.00', compareAtPrice: null, inventoryPolicy: 'DENY', sku: '', tracked: false };
    const options = Object.fromEntries(optionValues.map(({ optionName, name }) => [optionName, name]));
    const ids = { id: this.#id('ProductVariant'), inventoryItemId: this.#id('InventoryItem') };
    return Object.assign({ ...bare, ...ids, options }, fields, itemOf(inventoryItem));
  }

  #id(kind: string): string {
    this.#next += 1;
    return `gid://shopify/${kind}/${this.#next}`;
  }

  #node(product: CatalogProduct): Payload {
    return {
      id: product.id,
      status: product.status,
      variantsCount: { count: product.variants.length },
      resourcePublicationsCount: { count: product.isPublished ? 1 : 0 },
      media: {
        nodes: product.files.map(({ id, filename }) => ({
          ...{ __typename: 'MediaImage', id },
          image: { url: `https://cdn.shopify.com/s/files/1/0001/files/${filename}?v=1` },
        })),
      },
      variants: { nodes: product.variants.map((one) => this.#variantNode(one)) },
    };
  }

  #variantNode({ id, sku, inventoryItemId, isGone }: CatalogVariant, product?: CatalogProduct): Payload {
    const metafield = isGone === undefined ? null : { value: isGone };
    const node = { __typename: 'ProductVariant', id, sku, inventoryItem: { id: inventoryItemId }, metafield };
    return product === undefined ? node : { ...node, product: this.#node(product) };
  }
}

function itemOf(item: VariantSet['inventoryItem']) {
  const { measurement, ...fields } = item ?? {};
  return { ...fields, ...(measurement && { weightGrams: measurement.weight.value }) };
}

const valuesOf = (options: Readonly<Record<string, string>>): VariantSet['optionValues'] =>
  Object.entries(options).map(([optionName, name]) => ({ optionName, name }));

/** The place of the first variant whose options another has before it. */
function duplicate(all: readonly VariantSet['optionValues'][]): number | undefined {
  const keys = all.map((values) => values.map(({ optionName, name }) => `${optionName}=${name}`).join());
  const index = keys.findIndex((key, at) => keys.indexOf(key) < at);
  return index === -1 ? undefined : index;
}
