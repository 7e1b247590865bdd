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

describe('a page in RST', () => {
  const operation = readOperation(readRst(page, 'cakes/baking_a_cake.rst'))

  it('is named by its id and title', () => {
    expect(operation).toMatchObject({ page: 'demo_0001', title: 'Baking a Cake', deprecated: false })
  })

  it('gives method and path, without the marks of emphasis', () => {
    expect(operation).toMatchObject({ method: 'POST', path: '/v1.0/{project_id}/cakes/{cake_id}/bake' })
  })

  it('gives the query parameters, without those of the path', () => {
    expect(operation?.query).toEqual([{ path: 'dry_run', type: 'Boolean', required: false, values: [] }])
  })

  it('gives members of the request with those of the tables they refer to, without headers', () => {
    expect(operation?.request).toEqual([
      { path: 'layers', type: 'Array of objects', required: true, values: [] },
      { path: 'layers.height', type: 'Integer', required: true, values: [] },
      { path: 'mode', type: 'String', required: false, values: ['slow', 'fast'] },
    ])
  })

  it('takes the rows of a table that a text refers to as its values, and leaves out error responses', () => {
    expect(operation?.response).toEqual([{ path: 'state', type: 'String', values: ['rising', 'done'] }])
  })

  it('gives the bodies of examples, and why one does not parse', () => {
    expect(operation?.examples).toEqual([
      { direction: 'request', number: 1, body: { value: { layers: [{ height: 20 }] } } },
      { direction: 'response', number: 2, body: { value: { state: 'rising' } } },
      { direction: 'response', number: 3, body: { error: expect.stringMatching(/^is not JSON/) } },
    ])
  })

  it('is no operation without a request line', () => {
    expect(readOperation(readRst('Overview\n========\n\nNothing here.\n', 'overview.rst'))).toBeUndefined()
  })

  it('is deprecated if its folder is named so', () => {
    expect(readOperation(readRst(page, 'out-of-date_apis/baking.rst'))?.deprecated).toBe(true)
  })

  it('takes the table that a reference names if two have the same label', () => {
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
