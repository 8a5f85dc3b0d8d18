import { type OrderDraft } from '../../domain/connector.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { clean, kept } from '../kit/texts.ts';
import { type TiktokAddress, type TiktokOrder } from './payload.ts';

/** Where an order goes, and what TikTok hides of it. */
export interface Recipient {
  readonly shipTo: OrderDraft['shipTo'];
  /** What is masked by asterisks and therefore left out, in words. */
  readonly masked: readonly string[];
}

/** Markets whose currency is that of no other market of TikTok Shop. Source: https://partner.tiktokshop.com/docv2/page/market-region-codes */
const countryOfCurrency: Readonly<Record<string, string>> = {
  USD: 'US',
  GBP: 'GB',
  IDR: 'ID',
  MYR: 'MY',
  PHP: 'PH',
  SGD: 'SG',
  THB: 'TH',
  VND: 'VN',
  MXN: 'MX',
  BRL: 'BR',
  JPY: 'JP',
};

/** The recipient. Where TikTok shows no address yet, the country that the shop sells in. */
export function recipientOf(
  { recipient_address: to, payment }: TiktokOrder,
  settings: Readonly<Record<string, string>> = {},
): Recipient {
  const country = to == null ? undefined : countryOf(to);
  const usual = settings['country'] ?? countryOfCurrency[payment.currency];
  if (to == null) return { shipTo: present({ country: usual }), masked: [] };
  const fields = {
    name: clean(to.name) ?? clean([to.first_name, to.last_name].filter(Boolean).join(' ')),
    phone: clean(to.phone_number, 40),
    'postal code': clean(to.postal_code, 20),
    street: linesOf(to).join(' '),
  };
  const masked = Object.entries(fields).flatMap(([name, text]) => (isMasked(text) ? [name] : []));
  const shown = (name: keyof typeof fields) => (masked.includes(name) ? undefined : fields[name]);
  return {
    masked,
    shipTo: present({
      name: shown('name'),
      ...(masked.includes('street') ? {} : { lines: linesOf(to) }),
      city: cityOf(to),
      region: districtOf(to, 'L1'),
      postalCode: shown('postal code'),
      country: country ?? usual,
      phone: masked.includes('phone') ? undefined : kept('phone', to.phone_number),
    }),
  };
}

const isMasked = (text: string | undefined): boolean => text?.includes('*') ?? false;

/** The street; where TikTok has no lines of it, the detail of the address in one. */
function linesOf(to: TiktokAddress): string[] {
  const lines = [to.address_line1, to.address_line2, to.address_line3, to.address_line4].map((line) => clean(line));
  const given = lines.filter((line) => line !== undefined);
  if (given.length > 0) return given;
  const detail = clean(to.address_detail) ?? clean(to.full_address);
  return detail === undefined ? [] : [detail];
}

const countryCode = (text: string | null | undefined): string | undefined =>
  /^[A-Z]{2}$/.test(text ?? '') ? (text ?? undefined) : undefined;

const countryOf = (to: TiktokAddress): string | undefined =>
  countryCode(to.region_code) ??
  countryCode(to.district_info?.find(({ address_level }) => address_level === 'L0')?.iso_code);

function districtOf({ district_info }: TiktokAddress, level: string): string | undefined {
  const name = clean(district_info?.find(({ address_level }) => address_level === level)?.address_name, 100);
  return isMasked(name) ? undefined : name;
}

/** A district is a city by its name of level; else the post town, else the lowest district that is shown. */
function cityOf(to: TiktokAddress): string | undefined {
  const shown = (to.district_info ?? []).filter(({ address_name }) => !isMasked(address_name ?? undefined));
  const named = (level: RegExp) => shown.find(({ address_level_name }) => level.test(address_level_name ?? ''));
  const lower = shown.filter(({ address_level }) => /^L[2-4]$/.test(address_level ?? '')).at(-1);
  const city = named(/^(city|town|municipality)/i)?.address_name ?? to.post_town ?? lower?.address_name;
  return isMasked(city ?? undefined) ? undefined : clean(city, 100);
}

/** Who bought; the email is TikTok's own that forwards. `undefined` when nothing is said. */
export function customerOf(order: TiktokOrder): OrderDraft['customer'] {
  const found = present({
    name: clean(order.buyer_nickname),
    email: kept('email', order.buyer_email),
    taxId: isMasked(order.cpf ?? undefined) ? undefined : clean(order.cpf, 50),
    externalId: order.user_id,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
