import { describe, expect, it } from 'vitest'
import { readGoClient } from '../src/sdk/go-client.ts'
import { readGoModels } from '../src/sdk/go-models.ts'
import { readNodeClient } from '../src/sdk/node-client.ts'
import { readNodeModels } from '../src/sdk/node-models.ts'
import { readTerraform } from '../src/sdk/terraform.ts'

const nodeModels = readNodeModels(
  new Map([
    [
      'BakeCakeRequest.ts',
      `export class BakeCakeRequest {
    private 'cake_id'?: string;
    private 'dry_run'?: boolean;
    private 'Baker-ID'?: string;
    private 'Content-Type'?: string;
    public body?: BakeCakeBody;
}`,
    ],
    [
      'BakeCakeBody.ts',
      `export class BakeCakeBody {
    public layers?: Array<Layer>;
    public mode?: BakeCakeBodyModeEnum | string;
    public constructor(layers?: Array<Layer>) { 
        this['layers'] = layers;
    }
}
export enum BakeCakeBodyModeEnum {
    SLOW = 'slow',
    FAST = 'fast'
}`,
    ],
    ['Layer.ts', `export class Layer {\n    public height?: number;\n    public below?: Layer;\n}`],
    [
      'BakeCakeResponse.ts',
      `export class BakeCakeResponse extends SdkResponse {
    public state?: string;
    private 'X-request-id'?: string;
}`,
    ],
  ]),
)

const nodeClient = `
    public bakeCake(bakeCakeRequest?: BakeCakeRequest): Promise<BakeCakeResponse> {
    }
export const ParamCreater = function () {
        bakeCake(bakeCakeRequest?: BakeCakeRequest) {
            const options = {
                method: "POST",
                url: "/v1/{project_id}/cakes/{cake_id}/bake",
            };
            localVarQueryParameter['dry_run'] = dryRun;
            localVarHeaderParameter['Baker-ID'] = String(bakerID);
            localVarHeaderParameter['Content-Type'] = String(contentType);
        },
        listCakes() {
            const options = {
                method: "GET",
                url: "/v1/{project_id}/cakes",
            };
        },
`

const expected = {
  method: 'POST',
  path: '/v1/{project_id}/cakes/{cake_id}/bake',
  response: [{ path: 'state', type: 'string', required: false, values: [] }],
}

describe('reading the Node SDK', () => {
  const [operation, list] = readNodeClient({ file: 'CakeClient.ts', client: nodeClient, models: nodeModels })

  it('returns operations with the members of bodies, without response headers', () => {
    expect(operation).toMatchObject({ ...expected, page: 'bakeCake' })
  })

  it('returns operations without a request class', () => {
    expect(list).toMatchObject({ method: 'GET', path: '/v1/{project_id}/cakes', query: [], request: [], response: [] })
  })

  it('returns the query parameters', () => {
    expect(operation?.query.map(({ path }) => path)).toEqual(['dry_run'])
  })

  it('returns the headers, without those that every request has', () => {
    expect(operation?.header).toEqual([{ path: 'Baker-ID', type: 'string', values: [] }])
  })

  it('returns required members and values of enums, and stops at a class that contains itself', () => {
    expect(operation?.request).toEqual([
      { path: 'layers', type: 'Array<Layer>', required: true, values: [] },
      { path: 'layers.height', type: 'number', required: false, values: [] },
      { path: 'layers.below', type: 'Layer', required: false, values: [] },
      { path: 'mode', type: 'BakeCakeBodyModeEnum', required: false, values: ['slow', 'fast'] },
    ])
  })
})

const goModels = readGoModels(
  new Map([
    [
      'model_bake_cake.go',
      `type BakeCakeRequest struct {

	CakeId string \`json:"cake_id"\`

	DryRun *bool \`json:"dry_run,omitempty"\`

	BakerId *string \`json:"Baker-ID,omitempty"\`

	Body *BakeCakeBody \`json:"body,omitempty"\`
}
type BakeCakeBody struct {
	Layers []Layer \`json:"layers"\`
	Mode *BakeCakeBodyMode \`json:"mode,omitempty"\`
}
type Layer struct {
	Height *int32 \`json:"height,omitempty"\`
}
func GetBakeCakeBodyModeEnum() BakeCakeBodyModeEnum {
	return BakeCakeBodyModeEnum{
		SLOW: BakeCakeBodyMode{
			value: "slow",
		},
	}
}
type BakeCakeResponse struct {
	State *string \`json:"state,omitempty"\`
	HttpStatusCode int \`json:"-"\`
}
`,
    ],
  ]),
)

const goDefinitions = `func GenReqDefForBakeCake() *def.HttpRequestDef {
	reqDefBuilder := def.NewHttpRequestDefBuilder().
		WithMethod(http.MethodPost).
		WithPath("/v1/{project_id}/cakes/{cake_id}/bake").
		WithResponse(new(model.BakeCakeResponse))
	reqDefBuilder.WithRequestField(def.NewFieldDef().
		WithName("DryRun").
		WithJsonTag("dry_run").
		WithLocationType(def.Query))
	reqDefBuilder.WithRequestField(def.NewFieldDef().
		WithName("BakerId").
		WithJsonTag("Baker-ID").
		WithLocationType(def.Header))
}
`

describe('reading the Go SDK', () => {
  const [operation] = readGoClient({ file: 'cake_meta.go', definitions: goDefinitions, models: goModels })

  it('returns operations with query, headers, request and response', () => {
    expect(operation).toMatchObject({
      ...expected,
      page: 'BakeCake',
      query: [{ path: 'dry_run', type: 'bool', required: false, values: [] }],
      header: [{ path: 'Baker-ID', type: 'string', required: false, values: [] }],
      request: [
        { path: 'layers', type: '[]Layer', required: true, values: [] },
        { path: 'layers.height', type: 'int32', required: false, values: [] },
        { path: 'mode', type: 'BakeCakeBodyMode', required: false, values: ['slow'] },
      ],
    })
  })
})

describe('reading the Terraform provider', () => {
  it('returns the calls that resources declare, by service', () => {
    const files = new Map([
      ['dir/resource_cake.go', '// @API CAKE POST /v1/{project_id}/cakes\n// @API OVEN GET /v1/ovens\n'],
    ])
    const services = readTerraform(files)
    expect([...services.keys()]).toEqual(['cake', 'oven'])
    expect(services.get('cake')).toMatchObject([
      { method: 'POST', path: '/v1/{project_id}/cakes', page: 'resource_cake' },
    ])
  })
})
