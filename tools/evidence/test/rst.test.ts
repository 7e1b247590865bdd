import { describe, expect, it } from 'vitest'
import { readOperation } from '../src/documents/read-operation.ts'
import { readRst } from '../src/documents/rst.ts'

const page = `:original_name: demo_0001.html

.. _demo_0001:

Baking a Cake
=============

URI
---

-  URI format

   POST /v1.0/{*project_id*}/cakes/{*cake_id*}/bake

-  Parameters

   .. table:: **Table 1** URI parameters

      ========== ========= ====== ==========
      Parameter  Mandatory Type   Description
      ========== ========= ====== ==========
      project_id Yes       String Project.
      dry_run    No        Boolean Only
                                  pretends.
      ========== ========= ====== ==========

Request Parameters
------------------

.. table:: **Table 2** Request header parameters

   ============ ========= ====== ===========
   Parameter    Mandatory Type   Description
   ============ ========= ====== ===========
   X-Auth-Token Yes       String Token.
   Baker-ID     No        String Baker.
   ============ ========= ====== ===========

.. table:: **Table 3** Request parameters

   +-----------+-----------+------------------+--------------------------------------------+
   | Parameter | Mandatory | Type             | Description                                |
   +===========+===========+==================+============================================+
   | layers    | Yes       | Array of objects | See :ref:\`Table 4 <demo_0001__layers>\`.    |
   +-----------+-----------+------------------+--------------------------------------------+
   | mode      | No        | String           | How to bake.                               |
   |           |           |                  |                                            |
   |           |           |                  | -  **slow**: takes long                    |
   |           |           |                  |                                            |
   |           |           |                  |    -  100: degrees                         |
   |           |           |                  |                                            |
   |           |           |                  | -  **fast**: takes less                    |
   +-----------+-----------+------------------+--------------------------------------------+

.. _demo_0001__layers:

.. table:: **Table 4** layers

   +-----------+-----------+---------+-------------+
   | Parameter | Mandatory | Type    | Description |
   +===========+===========+=========+=============+
   | height    | Yes       | Integer | Millimeters |
   +-----------+-----------+---------+-------------+

Response Parameters
-------------------

**Status code: 200**

.. table:: **Table 5** Response body parameters

   ========= ====== =======================================
   Parameter Type   Description
   ========= ====== =======================================
   state     String See :ref:\`Table 6 <demo_0001__states>\`.
   ========= ====== =======================================

.. _demo_0001__states:

.. table:: **Table 6** States

   ========= ====== ===========
   Parameter Type   Description
   ========= ====== ===========
   rising    String It rises.
   done      String It is done.
   ========= ====== ===========

**Status code: 400**

.. table:: **Table 7** Response body parameters

   ========= ====== ===========
   Parameter Type   Description
   ========= ====== ===========
   problem   String Too hot.
   ========= ====== ===========

Example Request
---------------

.. code-block:: text

   POST https://endpoint/v1.0/{project_id}/cakes/7/bake

   {
     "layers": [{"height": 20}]
   }

Example Responses
-----------------

**Status code: 200**

Request accepted

.. code-block::

   {"state": "rising"}

.. code-block::

   {"state": }
`

describe('reading an RST page', () => {
  const operation = readOperation(readRst(page, 'cakes/baking_a_cake.rst'))

  it('returns the id and the title of the page', () => {
    expect(operation).toMatchObject({ page: 'demo_0001', title: 'Baking a Cake', deprecated: false })
  })

  it('returns method and path, without marks of emphasis', () => {
    expect(operation).toMatchObject({ method: 'POST', path: '/v1.0/{project_id}/cakes/{cake_id}/bake' })
  })

  it('returns the query parameters, without those of the path', () => {
    expect(operation?.query).toEqual([{ path: 'dry_run', type: 'Boolean', required: false, values: [] }])
  })

  it('returns the headers of the request, without those that every request has', () => {
    expect(operation?.header).toEqual([{ path: 'Baker-ID', type: 'String', required: false, values: [] }])
  })

  it('returns members of the request and of the tables that they refer to, without headers', () => {
    expect(operation?.request).toEqual([
      { path: 'layers', type: 'Array of objects', required: true, values: [] },
      { path: 'layers.height', type: 'Integer', required: true, values: [] },
      { path: 'mode', type: 'String', required: false, values: ['slow', 'fast'] },
    ])
  })

  it('returns the rows of a table as values if a string field refers to the table, and ignores error responses', () => {
    expect(operation?.response).toEqual([{ path: 'state', type: 'String', values: ['rising', 'done'] }])
  })

  it('returns the bodies of examples, or the reason why an example does not parse', () => {
    expect(operation?.examples).toEqual([
      { direction: 'request', number: 1, body: { value: { layers: [{ height: 20 }] } } },
      { direction: 'response', number: 2, body: { value: { state: 'rising' } } },
      { direction: 'response', number: 3, body: { error: expect.stringMatching(/^is not JSON/) } },
    ])
  })

  it('returns the bodies in the sections of request and response, as on older pages', () => {
    const lines = ['Baking', '======', 'URI', '---', 'POST /v1/cakes', 'Request', '-------']
    lines.push(
      '.. code-block::',
      '',
      '   {"height": 1}',
      '',
      'Response',
      '--------',
      '.. code-block::',
      '',
      '   []',
      '',
    )
    expect(readOperation(readRst(lines.join('\n'), 'baking.rst'))?.examples).toEqual([
      { direction: 'request', number: 1, body: { value: { height: 1 } } },
      { direction: 'response', number: 2, body: { value: [] } },
    ])
  })

  it('returns undefined for a page without a request line', () => {
    expect(readOperation(readRst('Overview\n========\n\nNothing here.\n', 'overview.rst'))).toBeUndefined()
  })

  it('marks an operation as deprecated if the name of its folder contains "out-of-date"', () => {
    expect(readOperation(readRst(page, 'out-of-date_apis/baking.rst'))?.deprecated).toBe(true)
  })

  it('chooses the table with the name in the reference if two tables have the same label', () => {
    const table = (name: string, label: string, row: string) => [
      label,
      `.. table:: **Table 1** ${name}`,
      '',
      '   ========= ======',
      '   Parameter Type',
      '   ========= ======',
      row,
      '   ========= ======',
      '',
    ]
    const lines = [
      'Baking',
      '======',
      'URI',
      '---',
      'POST /v1/cakes',
      'Request Parameters',
      '------------------',
      ...table('Body', '', '   volume    :ref:`Obs <demo__obs>` object'),
      ...table('obs', '.. _demo__obs:', '   obs_url   String'),
      ...table('Obs', '', '   obs_path  String'),
    ]
    const request = readOperation(readRst(lines.join('\n'), 'baking.rst'))?.request
    expect(request?.map(({ path }) => path)).toEqual(['volume', 'volume.obs_path', 'obs_url'])
  })
})
