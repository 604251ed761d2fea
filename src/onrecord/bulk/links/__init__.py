"""The links between the reports of a bulk folder: the rules of `onrecord.reconciling`, applied bucket by bucket.

What may meet is brought into one bucket by a hash, so that no worker ever holds more than one bucket. Each stage reads
what the one before it wrote:

1. `sightings`: every report with its address, by address.
2. `claims`: of each address the current report, by the name that it would have.
3. `names`: each current report with a name of its own, by group of parts.
4. `nodes`, `keys`, `members`: what each rule keeps of a report (`onrecord.reconciling.traces`), and its keys.
5. `pairs`: nodes that have a key in common, by the first of the two.
6. `carried`: each first node with what is kept of it and the nodes that it is to be compared with, by these.
7. `links`: the pairs that a rule joins (`onrecord.reconciling.judged`).
8. `ties`, `loose`: reports and links that hang together, so that they can be grouped without the others.
9. `stories`, `origins`: the groups (`onrecord.reconcile.stories`, `onrecord.reconcile.origins`).
"""
