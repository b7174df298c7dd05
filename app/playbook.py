"""The whole product on one page: every operation, every subscriber, every copy, every flag."""

from itertools import chain

from app.adjusting.kinds import KINDS as ADJUSTING_KINDS
from app.correcting.operations import (
    confirm_actor,
    declare_loss,
    map_barcode,
    reapply,
    report_clone,
    resolve,
    unmap_barcode,
    void,
)
from app.counting import late, sheets, tasks
from app.counting.kinds import KINDS as COUNTING_KINDS
from app.counting.operations import count_line, decide, finish_bin
from app.documents import copies as document_copies
from app.documents.models import (
    Asn,
    AsnLine,
    AsnUnit,
    Customer,
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
    Supplier,
)
from app.events import (
    BinFinished,
    Called,
    CountDecided,
    CountWanted,
    DocumentSaved,
    GoodsPicked,
    GoodsReceived,
    GoodsStored,
    LineCounted,
    LotSeen,
    OrderShipped,
    PersonVouched,
    PickedShort,
    RequisitionGranted,
    SerialSeen,
    UnitReceived,
    UnitSeen,
)
from app.handling import aside, follow_up, put_back, work_copies
from app.handling.contradictions import DERIVERS
from app.items import copies as item_copies
from app.items.kinds import KINDS as ITEM_KINDS
from app.items.models import Identifier, Item, Reason
from app.locations import copies as location_copies
from app.locations.kinds import KINDS as LOCATION_KINDS
from app.locations.models import Alias, Location, Site, Zone
from app.moving.operations import move
from app.opening.kinds import KINDS as OPENING_KINDS
from app.ordering import granted
from app.ordering.kinds import KINDS as ORDERING_KINDS
from app.people import copies as people_copies
from app.people.kinds import KINDS as PEOPLE_KINDS
from app.people.models import Person
from app.periods.kinds import KINDS as PERIOD_KINDS
from app.picking import walks
from app.picking.operations import expire_walk, pick, reassign, return_work, take_work
from app.picking.operations import report_short as pick_short
from app.pipeline.models import OpenException
from app.pipeline.operation import Playbook, Upcast, every_version
from app.purchasing.kinds import KINDS as PURCHASING_KINDS
from app.putaway import plans
from app.putaway.operations import put_away
from app.quality import copies as quality_copies
from app.quality import receipts
from app.quality.kinds import KINDS as QUALITY_KINDS
from app.readers.kinds import KINDS as READER_KINDS
from app.receiving import deliveries
from app.receiving.operations import receive_line, receive_unit
from app.receiving.operations import report_short as receipt_short
from app.requisitions.kinds import KINDS as REQUISITION_KINDS
from app.resolving import learning, mapped
from app.shipping import orders
from app.shipping.operations import ship
from app.stock.models import Hold
from app.work.models import CountTask, PickLine, PickTask, PutawayPlan

FLOOR = (
    receive_line.KIND,
    receive_unit.KIND,
    receipt_short.KIND,
    put_away.KIND,
    move.KIND,
    take_work.KIND,
    return_work.KIND,
    pick.KIND,
    pick_short.KIND,
    ship.KIND,
    count_line.KIND,
    finish_bin.KIND,
    void.KIND,
)
OFFICE = (
    reassign.KIND,
    expire_walk.KIND,
    resolve.KIND,
    reapply.KIND,
    declare_loss.KIND,
    report_clone.KIND,
    confirm_actor.KIND,
    map_barcode.KIND,
    unmap_barcode.KIND,
    *ITEM_KINDS,
    *LOCATION_KINDS,
    *PEOPLE_KINDS,
    *PERIOD_KINDS,
    *PURCHASING_KINDS,
    *ORDERING_KINDS,
    *OPENING_KINDS,
    *ADJUSTING_KINDS,
    *COUNTING_KINDS,
    *REQUISITION_KINDS,
    *READER_KINDS,
    *QUALITY_KINDS,
)

# How a payload of an older version is spelled today: {kind: (from 1 to 2, from 2 to 3, …)}.
UPCASTS: dict[str, tuple[Upcast, ...]] = {}

PLAYBOOK = Playbook(
    kinds=every_version(chain(FLOOR, OFFICE), UPCASTS),
    subscribers={
        LotSeen: (learning.learn_lot,),
        SerialSeen: (learning.learn_serial,),
        UnitSeen: (learning.learn_unit,),
        DocumentSaved: (plans.plan_document, walks.follow_order),
        GoodsReceived: (plans.goods_arrived, receipts.hold_more),
        UnitReceived: (plans.unit_arrived, receipts.hold_units),
        GoodsStored: (
            plans.goods_stored,
            orders.stage,
            walks.taken_out,
            put_back.look_again,
            aside.set_aside,
        ),
        GoodsPicked: (walks.serve,),
        PickedShort: (walks.run_short,),
        OrderShipped: (walks.end_with_shipment, orders.note_shipment),
        LineCounted: (sheets.write_line,),
        BinFinished: (sheets.finish, tasks.counted_since),
        CountDecided: (decide.decide, tasks.decided),
        CountWanted: (tasks.ask,),
        PersonVouched: (tasks.look_again,),
        RequisitionGranted: (granted.order_granted,),
        Called: (
            plans.call_off,
            walks.call_off,
            sheets.call_off,
            put_back.look_again_called_off,
            aside.call_off,
        ),
    },
    # In this order: stops end tasks, tasks and lines move orders.
    refreshers={
        PickLine: walks.finish_tasks,
        PurchaseOrderLine: deliveries.refresh_purchase_orders,
        AsnUnit: deliveries.refresh_asns,
        AsnLine: deliveries.refresh_asns,
        SalesOrderLine: orders.orders_of_lines,
        SalesOrder: orders.refresh,
        CountTask: tasks.end_what_is_proven,
    },
    replicas={
        Item: item_copies.item,
        Identifier: item_copies.identifier,
        Reason: item_copies.reason,
        Person: people_copies.person,
        Site: location_copies.site,
        Zone: location_copies.zone,
        Location: location_copies.location,
        Alias: location_copies.alias,
        Supplier: document_copies.supplier,
        Customer: document_copies.customer,
        PurchaseOrder: document_copies.purchase_order,
        PurchaseOrderLine: document_copies.purchase_order_line,
        Asn: document_copies.asn,
        AsnUnit: document_copies.asn_unit,
        AsnLine: document_copies.asn_line,
        SalesOrder: document_copies.sales_order,
        PutawayPlan: work_copies.putaway_plan,
        PickTask: work_copies.pick_task,
        PickLine: work_copies.pick_line,
        CountTask: tasks.copy,
        Hold: quality_copies.hold,
        OpenException: follow_up.copies,
    },
    derivers={**DERIVERS, late.FAMILY: late.LATE},
    families={PurchaseOrderLine: "po_line", SalesOrderLine: "order_line", PutawayPlan: "plan"},
    masters=frozenset({Item, Identifier, Person, Location}),
    overtaken=late.FAMILY,
    handle=mapped.handled,
)
