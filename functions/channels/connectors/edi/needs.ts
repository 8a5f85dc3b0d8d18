import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What it takes to trade with a partner by X12. */
export const needs: ConnectorNeeds = {
  settings: {
    partnerId: {
      required: true,
      what: "the partner's interchange id as its ISA has it, with its qualifier: `ZZ:RETAILGIANT`; a set of another sender is put in quarantine",
    },
    ourId: {
      required: true,
      what: 'your own interchange id, with its qualifier: `ZZ:YOURCOMPANY`; what is sent bears it',
    },
    signatureHeader: {
      required: false,
      what: 'the header in which your VAN or gateway puts the HMAC-SHA256 of the body, base64 or hex; left out, deliveries are Standard Webhooks',
    },
    outboundUrl: {
      required: false,
      form: 'url',
      what: 'where acknowledgements (855, 997) are posted, as Standard Webhooks; left out, none are sent',
    },
    country: { required: false, what: 'the country of addresses that name none, as domestic ones do', default: 'US' },
    units: {
      required: false,
      oneOf: ['as-ordered', 'eaches'],
      what: '`as-ordered`: a line of cases is of a SKU that is a case; `eaches`: it becomes as many pieces as its pack (PO4) says',
      default: 'as-ordered',
    },
  },
  credentials: {},
  signing: 'the secret that your VAN or gateway signs deliveries with, and that acknowledgements are signed with',
};
