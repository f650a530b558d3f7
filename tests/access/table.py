"""What every address answers to whom, about what. This is the role table of the design: read it line by line.

Roles:  M companion mother, D child director (a substitute in M's village), S township supervisor, C county officer,
        P officer of the county's education department, F foundation officer, R researcher, A administrator, U auditor,
        - nobody signed in. All but F, R, A and U are posted to one village, its township or its county.
Places: `own` is that village; `sibling` another one of the same township, whose task went to another department;
        `other` one of another county; `all` all three; `any` where an address is not about a place.
Cells:  the status. A ! behind it: something was done, by the audit trail. What is sent is valid, so a refusal is about
        the person (403), or about an act that does not fit where things stand (409); someone else's child is no child
        at all (404). A list answers 200 to everybody, with the rows of one's own reach: the walk reads every page for
        the names of children whom the role may not know.
"""

ROLES = ("M", "D", "S", "C", "P", "F", "R", "A", "U", "-")
PUBLIC = {
    "people:sign-in": "the door",
    "people:language": "the language of the door",
    "api:token": "the door of the API",
    "phone:worker": "the program on the phone, the same for everybody",
    "phone:manifest": "the app's name and mark",
    "phone:no-network": "what stands there before the phone is set up",
    "phone:pack": "the pages of the phone without anybody's name in them",
    "health-live": "for the machine that watches: says nothing but that it lives",
    "health-ready": "the same, with database and broker",
}

API = """
#                                                M     D     S     C     P     F     R     A     U     -
POST   api:token                  all            401   401   401   401   401   401   401   401   401   401
GET    api:me                     any            200   200   200   200   200   200   200   200   200   401
GET    api:places                 any            200   200   200   200   200   200   200   200   200   401
GET    api:terms                  any            200   200   200   200   200   200   200   200   200   401
POST   api:terms                  own+sibling    403   403   403   201   403   403   403   403   403   401
POST   api:terms                  other          403   403   403   403   403   403   403   403   403   401
DELETE api:term                   own+sibling    403   403   403   204   403   403   403   403   403   401
DELETE api:term                   other          404   404   404   404   404   403   403   403   403   401
GET    api:children               any            200   200   200   200   200   200   200   200   200   401
POST   api:children               own            201!  201!  403   403   403   403   403   403   403   401
POST   api:children               sibling+other  403   403   403   403   403   403   403   403   403   401
GET    api:child                  own            200   200   200   200   404   404   404   404   404   401
GET    api:child                  sibling        404   404   200   200   404   404   404   404   404   401
GET    api:child                  other          404   404   404   404   404   404   404   404   404   401
PATCH  api:child                  own            200!  200!  403   403   404   404   404   404   404   401
PATCH  api:child                  sibling        404   404   403   403   404   404   404   404   404   401
PATCH  api:child                  other          404   404   404   404   404   404   404   404   404   401
GET    api:child-entitlements     own            200   200   200   200   404   404   404   404   404   401
GET    api:child-entitlements     sibling        404   404   200   200   404   404   404   404   404   401
GET    api:child-entitlements     other          404   404   404   404   404   404   404   404   404   401
GET    api:child-labels           own            200   200   200   200   404   404   404   404   404   401
GET    api:child-labels           sibling        404   404   200   200   404   404   404   404   404   401
GET    api:child-labels           other          404   404   404   404   404   404   404   404   404   401
GET    api:club-sessions          any            200   200   200   200   200   200   200   200   200   401
POST   api:club-sessions          own            201!  201!  403   403   403   403   403   403   403   401
POST   api:club-sessions          sibling+other  403   403   403   403   403   403   403   403   403   401
POST   api:club-session-close     own            200!  200!  403   403   404   404   404   404   404   401
POST   api:club-session-close     sibling        404   404   403   403   404   404   404   404   404   401
POST   api:club-session-close     other          404   404   404   404   404   404   404   404   404   401
GET    api:open-hours             own            200   200   200   200   404   200   404   404   404   401
GET    api:open-hours             sibling        404   404   200   200   404   200   404   404   404   401
GET    api:open-hours             other          404   404   404   404   404   200   404   404   404   401
GET    api:closures               any            200   200   200   200   200   200   200   200   200   401
POST   api:closures               own            201!  201!  403   201!  403   403   403   403   403   401
POST   api:closures               sibling        403   403   403   201!  403   403   403   403   403   401
POST   api:closures               other          403   403   403   403   403   403   403   403   403   401
POST   api:closure-approve        own            403   403   403   200!  404   404   404   404   404   401
POST   api:closure-approve        sibling        404   404   403   200!  404   404   404   404   404   401
POST   api:closure-approve        other          404   404   404   404   404   404   404   404   404   401
POST   api:closure-decline        own            403   403   403   200!  404   404   404   404   404   401
POST   api:closure-decline        sibling        404   404   403   200!  404   404   404   404   404   401
POST   api:closure-decline        other          404   404   404   404   404   404   404   404   404   401
GET    api:visits                 any            200   200   200   200   200   200   200   200   200   401
POST   api:visits                 own            201!  201!  409   409   409   409   409   409   409   401
POST   api:visits                 sibling+other  409   409   409   409   409   409   409   409   409   401
GET    api:visits-due             any            200   200   200   200   200   200   200   200   200   401
GET    api:flags                  any            200   200   200   200   200   200   200   200   200   401
POST   api:flags                  own            201!  201!  403   403   403   403   403   403   403   401
POST   api:flags                  sibling+other  403   403   403   403   403   403   403   403   403   401
GET    api:flag                   own            200   200   200   200   404   404   404   404   404   401
GET    api:flag                   sibling        404   404   200   200   404   404   404   404   404   401
GET    api:flag                   other          404   404   404   404   404   404   404   404   404   401
POST   api:flag-acknowledge       own            403   403   403   200!  404   404   404   404   404   401
POST   api:flag-acknowledge       sibling        404   404   403   200!  404   404   404   404   404   401
POST   api:flag-acknowledge       other          404   404   404   404   404   404   404   404   404   401
POST   api:flag-dismiss           own            403   403   403   200!  404   404   404   404   404   401
POST   api:flag-dismiss           sibling        404   404   403   200!  404   404   404   404   404   401
POST   api:flag-dismiss           other          404   404   404   404   404   404   404   404   404   401
POST   api:flag-close             own            403   403   403   409   404   404   404   404   404   401
POST   api:flag-close             sibling        404   404   403   409   404   404   404   404   404   401
POST   api:flag-close             other          404   404   404   404   404   404   404   404   404   401
GET    api:referrals              any            200   200   200   200   200   200   200   200   200   401
POST   api:referrals              own+sibling    403   403   403   201!  403   403   403   403   403   401
POST   api:referrals              other          403   403   403   403   403   403   403   403   403   401
GET    api:referral               own            200   200   200   200   404   404   404   404   404   401
GET    api:referral               sibling        404   404   200   200   404   404   404   404   404   401
GET    api:referral               other          404   404   404   404   404   404   404   404   404   401
POST   api:referral-tasks         own            403   403   403   201!  404   404   404   404   404   401
POST   api:referral-tasks         sibling        404   404   403   201!  404   404   404   404   404   401
POST   api:referral-tasks         other          404   404   404   404   404   404   404   404   404   401
POST   api:referral-close         own            403   403   403   409   404   404   404   404   404   401
POST   api:referral-close         sibling        404   404   403   409   404   404   404   404   404   401
POST   api:referral-close         other          404   404   404   404   404   404   404   404   404   401
GET    api:tasks                  any            200   200   200   200   200   200   200   200   200   401
GET    api:task                   own            200   200   200   200   200   404   404   404   404   401
GET    api:task                   sibling        404   404   200   200   404   404   404   404   404   401
GET    api:task                   other          404   404   404   404   404   404   404   404   404   401
POST   api:task-accept            own            403   403   403   403   200!  404   404   404   404   401
POST   api:task-accept            sibling        404   404   403   403   404   404   404   404   404   401
POST   api:task-accept            other          404   404   404   404   404   404   404   404   404   401
POST   api:task-return            own            403   403   403   403   200!  404   404   404   404   401
POST   api:task-return            sibling        404   404   403   403   404   404   404   404   404   401
POST   api:task-return            other          404   404   404   404   404   404   404   404   404   401
POST   api:task-complete          own            403   403   403   403   409   404   404   404   404   401
POST   api:task-complete          sibling        404   404   403   403   404   404   404   404   404   401
POST   api:task-complete          other          404   404   404   404   404   404   404   404   404   401
POST   api:task-confirm           own            409   409   403   403   403   404   404   404   404   401
POST   api:task-confirm           sibling        404   404   403   403   404   404   404   404   404   401
POST   api:task-confirm           other          404   404   404   404   404   404   404   404   404   401
POST   api:task-send-again        own            403   403   403   409   403   404   404   404   404   401
POST   api:task-send-again        sibling        404   404   403   409   404   404   404   404   404   401
POST   api:task-send-again        other          404   404   404   404   404   404   404   404   404   401
POST   api:task-withdraw          own            403   403   403   200!  403   404   404   404   404   401
POST   api:task-withdraw          sibling        404   404   403   200!  404   404   404   404   404   401
POST   api:task-withdraw          other          404   404   404   404   404   404   404   404   404   401
GET    api:reports                any            200   200   200   200   200   200   200   200   200   401
POST   api:reports                own+sibling    403   403   403   202!  403   202!  403   403   403   401
POST   api:reports                other          403   403   403   403   403   202!  403   403   403   401
GET    api:report                 own            200   200   200   200   404   200   200   404   404   401
GET    api:report                 sibling        404   404   200   200   404   200   200   404   404   401
GET    api:report                 other          404   404   404   404   404   200   200   404   404   401
GET    api:report-pdf             own            409   409   409   409   404   409   409   404   404   401
GET    api:report-pdf             sibling        404   404   409   409   404   409   409   404   404   401
GET    api:report-pdf             other          404   404   404   404   404   409   409   404   404   401
GET    api:report-xlsx            own            409   409   409   409   404   409   409   404   404   401
GET    api:report-xlsx            sibling        404   404   409   409   404   409   409   404   404   401
GET    api:report-xlsx            other          404   404   404   404   404   409   409   404   404   401
GET    api:report-figures         own            409   409   409   409   404   409   409   404   404   401
GET    api:report-figures         sibling        404   404   409   409   404   409   409   404   404   401
GET    api:report-figures         other          404   404   404   404   404   409   409   404   404   401
POST   api:report-verify          own            409   409   409   409   404   409   409   404   404   401
POST   api:report-verify          sibling        404   404   409   409   404   409   409   404   404   401
POST   api:report-verify          other          404   404   404   404   404   409   409   404   404   401
POST   api:phones                 all            201!  201!  403   403   403   403   403   403   403   401
POST   api:phone-changes          any            401   401   401   401   401   401   401   401   401   401
POST   api:outbox                 own            200!  200!  200   200   200   200   200   200   200   401
POST   api:outbox                 sibling+other  200   200   200   200   200   200   200   200   200   401
GET    api:schema                 any            200   200   200   200   200   200   200   200   200   401
"""

PAGES = """
#                                                M     D     S     C     P     F     R     A     U     -
GET    places:home                any            302   302   302   302   302   302   302   302   302   302
POST   places:home                any            302   302   302   302   302   302   302   302   302   302
GET    places:villages            any            403   403   403   200   403   200   403   403   403   302
POST   places:villages            any            403   403   403   200   403   200   403   403   403   302
GET    places:enrol               any            405   405   405   405   405   405   405   405   405   302
POST   places:enrol               any            403   403   403   409   403   302!  403   403   403   302
GET    places:terms               any            403   403   403   200   403   403   403   403   403   302
POST   places:terms               any            403   403   403   200   403   403   403   403   403   302
GET    places:add-term            any            405   405   405   405   405   405   405   405   405   302
POST   places:add-term            any            403   403   403   302   403   403   403   403   403   302
GET    places:remove-term         all            405   405   405   405   405   405   405   405   405   302
POST   places:remove-term         own+sibling    404   404   404   302   404   404   404   404   404   302
POST   places:remove-term         other          404   404   404   404   404   404   404   404   404   302
GET    places:add-department      any            405   405   405   405   405   405   405   405   405   302
POST   places:add-department      any            403   403   403   302   403   403   403   403   403   302
GET    places:close-department    all            405   405   405   405   405   405   405   405   405   302
POST   places:close-department    own+sibling    404   404   404   302   404   404   404   404   404   302
POST   places:close-department    other          404   404   404   404   404   404   404   404   404   302
GET    people:sign-in             any            302   302   302   302   302   302   302   302   302   200
POST   people:sign-in             any            302   302   302   302   302   302   302   302   302   200
GET    people:sign-out            any            405   405   405   405   405   405   405   405   405   302
POST   people:sign-out            any            302   302   302   302   302   302   302   302   302   302
GET    people:language            any            405   405   405   405   405   405   405   405   405   405
POST   people:language            any            302   302   302   302   302   302   302   302   302   302
GET    people:account             any            200   200   200   200   200   200   200   200   200   302
POST   people:account             any            302   302   302   302   302   302   302   302   302   302
GET    people:password            any            200   200   200   200   200   200   200   200   200   302
POST   people:password            any            200   200   200   200   200   200   200   200   200   302
GET    people:list                any            403   403   403   200   403   200   403   200   403   302
POST   people:list                any            403   403   403   200   403   200   403   200   403   302
GET    people:add                 any            403   403   403   200   403   200   403   200   403   302
POST   people:add                 any            403   403   403   302   403   302   403   302   403   302
GET    people:post                any            403   403   403   200   403   200   403   200   403   302
POST   people:post                any            403   403   403   302   403   409   403   409   403   302
GET    people:person              own+sibling    404   404   404   200   404   200   404   200   404   302
GET    people:person              other          404   404   404   404   404   200   404   200   404   302
POST   people:person              own+sibling    404   404   404   200   404   200   404   200   404   302
POST   people:person              other          404   404   404   404   404   200   404   200   404   302
GET    people:file                all            405   405   405   405   405   405   405   405   405   302
POST   people:file                own+sibling    404   404   404   302   404   302   404   302   404   302
POST   people:file                other          404   404   404   404   404   302   404   302   404   302
GET    people:check               all            405   405   405   405   405   405   405   405   405   302
POST   people:check               own+sibling    404   404   404   302   404   302   404   302   404   302
POST   people:check               other          404   404   404   404   404   302   404   302   404   302
GET    people:new-password        all            405   405   405   405   405   405   405   405   405   302
POST   people:new-password        own+sibling    404   404   404   302   404   302   404   302   404   302
POST   people:new-password        other          404   404   404   404   404   302   404   302   404   302
GET    people:end                 all            405   405   405   405   405   405   405   405   405   302
POST   people:end                 own+sibling    404   404   404   302   404   302   404   302   404   302
POST   people:end                 other          404   404   404   404   404   302   404   302   404   302
GET    children:list              any            200   200   200   200   200   200   200   200   200   302
POST   children:list              any            200   200   200   200   200   200   200   200   200   302
GET    children:register          any            200   200   403   403   403   403   403   403   403   302
POST   children:register          any            200   200   403   403   403   403   403   403   403   302
GET    children:register?household own            200   200   403   403   403   403   403   403   403   302
GET    children:register?household sibling+other  404   404   403   403   403   403   403   403   403   302
POST   children:register?household own            200   200   403   403   403   403   403   403   403   302
POST   children:register?household sibling+other  404   404   403   403   403   403   403   403   403   302
GET    children:file              own            200   200   200   200   404   404   404   404   404   302
GET    children:file              sibling        404   404   200   200   404   404   404   404   404   302
GET    children:file              other          404   404   404   404   404   404   404   404   404   302
POST   children:file              own            200   200   200   200   404   404   404   404   404   302
POST   children:file              sibling        404   404   200   200   404   404   404   404   404   302
POST   children:file              other          404   404   404   404   404   404   404   404   404   302
GET    children:change            own            200   200   403   403   404   404   404   404   404   302
GET    children:change            sibling        404   404   403   403   404   404   404   404   404   302
GET    children:change            other          404   404   404   404   404   404   404   404   404   302
POST   children:change            own            302!  302!  403   403   404   404   404   404   404   302
POST   children:change            sibling        404   404   403   403   404   404   404   404   404   302
POST   children:change            other          404   404   404   404   404   404   404   404   404   302
GET    children:differences       any            200   200   200   200   200   200   200   200   200   302
POST   children:differences       any            200   200   200   200   200   200   200   200   200   302
GET    children:decide            all            405   405   405   405   405   405   405   405   405   302
POST   children:decide            own            302!  302!  403   302!  404   404   404   404   404   302
POST   children:decide            sibling        404   404   403   302!  404   404   404   404   404   302
POST   children:decide            other          404   404   404   404   404   404   404   404   404   302
GET    children:entitlements      any            200   200   200   200   200   200   200   200   200   302
POST   children:entitlements      any            200   200   200   200   200   200   200   200   200   302
GET    children:entitlements-of   own            200   200   200   200   404   404   404   404   404   302
GET    children:entitlements-of   sibling        404   404   200   200   404   404   404   404   404   302
GET    children:entitlements-of   other          404   404   404   404   404   404   404   404   404   302
POST   children:entitlements-of   own            200   200   200   200   404   404   404   404   404   302
POST   children:entitlements-of   sibling        404   404   200   200   404   404   404   404   404   302
POST   children:entitlements-of   other          404   404   404   404   404   404   404   404   404   302
GET    children:note-step         all            405   405   405   405   405   405   405   405   405   302
POST   children:note-step         own            302!  302!  403   302!  404   404   404   404   404   302
POST   children:note-step         sibling        404   404   403   302!  404   404   404   404   404   302
POST   children:note-step         other          404   404   404   404   404   404   404   404   404   302
GET    children:ground            own            200   200   403   200   404   404   404   404   404   302
GET    children:ground            sibling        404   404   403   200   404   404   404   404   404   302
GET    children:ground            other          404   404   404   404   404   404   404   404   404   302
POST   children:ground            own            302!  302!  403   302!  404   404   404   404   404   302
POST   children:ground            sibling        404   404   403   302!  404   404   404   404   404   302
POST   children:ground            other          404   404   404   404   404   404   404   404   404   302
GET    children:whereabouts       own            200   200   403   403   404   404   404   404   404   302
GET    children:whereabouts       sibling        404   404   403   403   404   404   404   404   404   302
GET    children:whereabouts       other          404   404   404   404   404   404   404   404   404   302
POST   children:whereabouts       own            302!  302!  403   403   404   404   404   404   404   302
POST   children:whereabouts       sibling        404   404   403   403   404   404   404   404   404   302
POST   children:whereabouts       other          404   404   404   404   404   404   404   404   404   302
GET    clubs:club                 any            200   200   200   200   200   200   200   200   200   302
POST   clubs:club                 any            200   200   200   200   200   200   200   200   200   302
GET    clubs:open                 any            405   405   405   405   405   405   405   405   405   302
POST   clubs:open                 any            409   409   409   409   409   409   409   409   409   302
GET    clubs:close                all            405   405   405   405   405   405   405   405   405   302
POST   clubs:close                own            302!  302!  302   302   404   404   404   404   404   302
POST   clubs:close                sibling        404   404   302   302   404   404   404   404   404   302
POST   clubs:close                other          404   404   404   404   404   404   404   404   404   302
GET    clubs:enter-session        any            200   200   409   409   409   409   409   409   409   302
POST   clubs:enter-session        any            302!  302!  409   409   409   409   409   409   409   302
GET    clubs:session              own            200   200   200   200   404   404   404   404   404   302
GET    clubs:session              sibling        404   404   200   200   404   404   404   404   404   302
GET    clubs:session              other          404   404   404   404   404   404   404   404   404   302
POST   clubs:session              own            302!  302!  403   403   404   404   404   404   404   302
POST   clubs:session              sibling        404   404   403   403   404   404   404   404   404   302
POST   clubs:session              other          404   404   404   404   404   404   404   404   404   302
GET    clubs:activity             any            200   200   409   409   409   409   409   409   409   302
POST   clubs:activity             any            302!  302!  409   409   409   409   409   409   409   302
GET    clubs:ask-closure          any            200   200   409   409   409   409   409   409   409   302
POST   clubs:ask-closure          any            302!  302!  409   409   409   409   409   409   409   302
GET    clubs:times                any            200   200   409   409   409   409   409   409   409   302
POST   clubs:times                any            302!  302!  409   409   409   409   409   409   409   302
GET    clubs:hours                any            200   200   200   200   200   200   200   200   200   302
POST   clubs:hours                any            200   200   200   200   200   200   200   200   200   302
GET    clubs:closures             any            200   200   200   200   200   200   200   200   200   302
POST   clubs:closures             any            200   200   200   200   200   200   200   200   200   302
GET    clubs:approve-closure      all            405   405   405   405   405   405   405   405   405   302
POST   clubs:approve-closure      own            403   403   403   302!  404   404   404   404   404   302
POST   clubs:approve-closure      sibling        404   404   403   302!  404   404   404   404   404   302
POST   clubs:approve-closure      other          404   404   404   404   404   404   404   404   404   302
GET    clubs:decline-closure      all            405   405   405   405   405   405   405   405   405   302
POST   clubs:decline-closure      own            302   302   302   302!  404   404   404   404   404   302
POST   clubs:decline-closure      sibling        404   404   302   302!  404   404   404   404   404   302
POST   clubs:decline-closure      other          404   404   404   404   404   404   404   404   404   302
GET    visits:due                 any            200   200   200   200   200   200   200   200   200   302
POST   visits:due                 any            200   200   200   200   200   200   200   200   200   302
GET    visits:today               any            200   200   302   302   302   302   302   302   302   302
POST   visits:today               any            200   200   302   302   302   302   302   302   302   302
GET    visits:record              own            200   200   409   409   404   404   404   404   404   302
GET    visits:record              sibling        404   404   409   409   404   404   404   404   404   302
GET    visits:record              other          404   404   404   404   404   404   404   404   404   302
POST   visits:record              own            302!  302!  409   409   404   404   404   404   404   302
POST   visits:record              sibling        404   404   409   409   404   404   404   404   404   302
POST   visits:record              other          404   404   404   404   404   404   404   404   404   302
GET    visits:visit               own            200   200   200   200   404   404   404   404   404   302
GET    visits:visit               sibling        404   404   200   200   404   404   404   404   404   302
GET    visits:visit               other          404   404   404   404   404   404   404   404   404   302
POST   visits:visit               own            200   200   200   200   404   404   404   404   404   302
POST   visits:visit               sibling        404   404   200   200   404   404   404   404   404   302
POST   visits:visit               other          404   404   404   404   404   404   404   404   404   302
GET    visits:raise-flag          any            200   200   403   403   403   403   403   403   403   302
POST   visits:raise-flag          any            302!  302!  403   403   403   403   403   403   403   302
GET    visits:raise-flag?child    own            200   200   403   403   404   404   404   404   404   302
GET    visits:raise-flag?child    sibling        404   404   403   403   404   404   404   404   404   302
GET    visits:raise-flag?child    other          404   404   404   404   404   404   404   404   404   302
POST   visits:raise-flag?child    own            302!  302!  403   403   404   404   404   404   404   302
POST   visits:raise-flag?child    sibling        404   404   403   403   404   404   404   404   404   302
POST   visits:raise-flag?child    other          404   404   404   404   404   404   404   404   404   302
GET    visits:flag                own            200   200   200   200   404   404   404   404   404   302
GET    visits:flag                sibling        404   404   200   200   404   404   404   404   404   302
GET    visits:flag                other          404   404   404   404   404   404   404   404   404   302
POST   visits:flag                own            200   200   200   200   404   404   404   404   404   302
POST   visits:flag                sibling        404   404   200   200   404   404   404   404   404   302
POST   visits:flag                other          404   404   404   404   404   404   404   404   404   302
GET    visits:tell-police         own            200   200   403   403   404   404   404   404   404   302
GET    visits:tell-police         sibling        404   404   403   403   404   404   404   404   404   302
GET    visits:tell-police         other          404   404   404   404   404   404   404   404   404   302
POST   visits:tell-police         own            302!  302!  403   403   404   404   404   404   404   302
POST   visits:tell-police         sibling        404   404   403   403   404   404   404   404   404   302
POST   visits:tell-police         other          404   404   404   404   404   404   404   404   404   302
GET    visits:flags               any            200   200   200   200   200   200   200   200   200   302
POST   visits:flags               any            200   200   200   200   200   200   200   200   200   302
GET    visits:flags?flag          own            200   200   200   200   404   404   404   404   404   302
GET    visits:flags?flag          sibling        404   404   200   200   404   404   404   404   404   302
GET    visits:flags?flag          other          404   404   404   404   404   404   404   404   404   302
POST   visits:flags?flag          own            200   200   200   200   404   404   404   404   404   302
POST   visits:flags?flag          sibling        404   404   200   200   404   404   404   404   404   302
POST   visits:flags?flag          other          404   404   404   404   404   404   404   404   404   302
GET    visits:acknowledge         all            405   405   405   405   405   405   405   405   405   302
POST   visits:acknowledge         own            409   409   409   302!  404   404   404   404   404   302
POST   visits:acknowledge         sibling        404   404   409   302!  404   404   404   404   404   302
POST   visits:acknowledge         other          404   404   404   404   404   404   404   404   404   302
GET    visits:close               all            405   405   405   405   405   405   405   405   405   302
POST   visits:close               own            409   409   409   409   404   404   404   404   404   302
POST   visits:close               sibling        404   404   409   409   404   404   404   404   404   302
POST   visits:close               other          404   404   404   404   404   404   404   404   404   302
GET    visits:dismiss             all            405   405   405   405   405   405   405   405   405   302
POST   visits:dismiss             own            409   409   409   302!  404   404   404   404   404   302
POST   visits:dismiss             sibling        404   404   409   302!  404   404   404   404   404   302
POST   visits:dismiss             other          404   404   404   404   404   404   404   404   404   302
GET    referrals:list             any            200   200   200   200   200   200   200   200   200   302
POST   referrals:list             any            200   200   200   200   200   200   200   200   200   302
GET    referrals:mine             any            200   200   200   200   200   200   200   200   200   302
POST   referrals:mine             any            200   200   200   200   200   200   200   200   200   302
GET    referrals:referral         own            200   200   200   200   404   404   404   404   404   302
GET    referrals:referral         sibling        404   404   200   200   404   404   404   404   404   302
GET    referrals:referral         other          404   404   404   404   404   404   404   404   404   302
POST   referrals:referral         own            200   200   200   200   404   404   404   404   404   302
POST   referrals:referral         sibling        404   404   200   200   404   404   404   404   404   302
POST   referrals:referral         other          404   404   404   404   404   404   404   404   404   302
GET    referrals:send-task        all            405   405   405   405   405   405   405   405   405   302
POST   referrals:send-task        own            409   409   409   302!  404   404   404   404   404   302
POST   referrals:send-task        sibling        404   404   409   302!  404   404   404   404   404   302
POST   referrals:send-task        other          404   404   404   404   404   404   404   404   404   302
GET    referrals:close            all            405   405   405   405   405   405   405   405   405   302
POST   referrals:close            own            409   409   409   409   404   404   404   404   404   302
POST   referrals:close            sibling        404   404   409   409   404   404   404   404   404   302
POST   referrals:close            other          404   404   404   404   404   404   404   404   404   302
GET    referrals:open             own            403   403   403   200   404   404   404   404   404   302
GET    referrals:open             sibling        404   404   403   200   404   404   404   404   404   302
GET    referrals:open             other          404   404   404   404   404   404   404   404   404   302
POST   referrals:open             own            403   403   403   302!  404   404   404   404   404   302
POST   referrals:open             sibling        404   404   403   302!  404   404   404   404   404   302
POST   referrals:open             other          404   404   404   404   404   404   404   404   404   302
GET    referrals:tasks            any            200   200   200   200   200   200   200   200   200   302
POST   referrals:tasks            any            200   200   200   200   200   200   200   200   200   302
GET    referrals:task             own            404   404   404   404   200   404   404   404   404   302
GET    referrals:task             sibling+other  404   404   404   404   404   404   404   404   404   302
POST   referrals:task             own            404   404   404   404   200   404   404   404   404   302
POST   referrals:task             sibling+other  404   404   404   404   404   404   404   404   404   302
GET    referrals:accept           all            405   405   405   405   405   405   405   405   405   302
POST   referrals:accept           own            404   404   404   404   302!  404   404   404   404   302
POST   referrals:accept           sibling+other  404   404   404   404   404   404   404   404   404   302
GET    referrals:return           all            405   405   405   405   405   405   405   405   405   302
POST   referrals:return           own            404   404   404   404   302!  404   404   404   404   302
POST   referrals:return           sibling+other  404   404   404   404   404   404   404   404   404   302
GET    referrals:complete         all            405   405   405   405   405   405   405   405   405   302
POST   referrals:complete         own            404   404   404   404   409   404   404   404   404   302
POST   referrals:complete         sibling+other  404   404   404   404   404   404   404   404   404   302
GET    referrals:confirm          all            405   405   405   405   405   405   405   405   405   302
POST   referrals:confirm          own            409   409   409   409   409   404   404   404   404   302
POST   referrals:confirm          sibling        404   404   409   409   404   404   404   404   404   302
POST   referrals:confirm          other          404   404   404   404   404   404   404   404   404   302
GET    referrals:send-again       all            405   405   405   405   405   405   405   405   405   302
POST   referrals:send-again       own            409   409   409   409   404   404   404   404   404   302
POST   referrals:send-again       sibling        404   404   409   409   404   404   404   404   404   302
POST   referrals:send-again       other          404   404   404   404   404   404   404   404   404   302
GET    referrals:withdraw         all            405   405   405   405   405   405   405   405   405   302
POST   referrals:withdraw         own            409   409   409   302!  404   404   404   404   404   302
POST   referrals:withdraw         sibling        404   404   409   302!  404   404   404   404   404   302
POST   referrals:withdraw         other          404   404   404   404   404   404   404   404   404   302
GET    reports:list               any            200   200   200   200   200   200   200   200   200   302
POST   reports:list               any            200   200   200   200   200   200   200   200   200   302
GET    reports:verify             any            200   200   200   200   200   200   200   200   200   302
POST   reports:verify             any            200   200   200   200   200   200   200   200   200   302
GET    reports:run                all            405   405   405   405   405   405   405   405   405   302
POST   reports:run                all            403   403   403   302!  403   302!  403   403   403   302
GET    reports:report             own            200   200   200   200   404   200   200   404   404   302
GET    reports:report             sibling        404   404   200   200   404   200   200   404   404   302
GET    reports:report             other          404   404   404   404   404   200   200   404   404   302
POST   reports:report             own            200   200   200   200   404   200   200   404   404   302
POST   reports:report             sibling        404   404   200   200   404   200   200   404   404   302
POST   reports:report             other          404   404   404   404   404   200   200   404   404   302
GET    reports:pdf                own            409   409   409   409   404   409   409   404   404   302
GET    reports:pdf                sibling        404   404   409   409   404   409   409   404   404   302
GET    reports:pdf                other          404   404   404   404   404   409   409   404   404   302
POST   reports:pdf                own            409   409   409   409   404   409   409   404   404   302
POST   reports:pdf                sibling        404   404   409   409   404   409   409   404   404   302
POST   reports:pdf                other          404   404   404   404   404   409   409   404   404   302
GET    reports:xlsx               own            409   409   409   409   404   409   409   404   404   302
GET    reports:xlsx               sibling        404   404   409   409   404   409   409   404   404   302
GET    reports:xlsx               other          404   404   404   404   404   409   409   404   404   302
POST   reports:xlsx               own            409   409   409   409   404   409   409   404   404   302
POST   reports:xlsx               sibling        404   404   409   409   404   409   409   404   404   302
POST   reports:xlsx               other          404   404   404   404   404   409   409   404   404   302
GET    reports:figures            own            409   409   409   409   404   409   409   404   404   302
GET    reports:figures            sibling        404   404   409   409   404   409   409   404   404   302
GET    reports:figures            other          404   404   404   404   404   409   409   404   404   302
POST   reports:figures            own            409   409   409   409   404   409   409   404   404   302
POST   reports:figures            sibling        404   404   409   409   404   409   409   404   404   302
POST   reports:figures            other          404   404   404   404   404   409   409   404   404   302
GET    reports:restate            all            405   405   405   405   405   405   405   405   405   302
POST   reports:restate            own            403   403   403   302!  404   302!  403   404   404   302
POST   reports:restate            sibling        404   404   403   302!  404   302!  403   404   404   302
POST   reports:restate            other          404   404   404   404   404   302!  403   404   404   302
GET    reports:again              all            405   405   405   405   405   405   405   405   405   302
POST   reports:again              own            403   403   403   409   404   409   403   404   404   302
POST   reports:again              sibling        404   404   403   409   404   409   403   404   404   302
POST   reports:again              other          404   404   404   404   404   409   403   404   404   302
GET    health-live                any            200   200   200   200   200   200   200   200   200   200
POST   health-live                any            200   200   200   200   200   200   200   200   200   200
GET    health-ready               any            200   200   200   200   200   200   200   200   200   200
POST   health-ready               any            200   200   200   200   200   200   200   200   200   200
GET    phone:worker               any            200   200   200   200   200   200   200   200   200   200
POST   phone:worker               any            405   405   405   405   405   405   405   405   405   405
GET    phone:manifest             any            200   200   200   200   200   200   200   200   200   200
POST   phone:manifest             any            405   405   405   405   405   405   405   405   405   405
GET    phone:no-network           any            200   200   200   200   200   200   200   200   200   200
POST   phone:no-network           any            405   405   405   405   405   405   405   405   405   405
GET    phone:outbox               any            200   200   200   200   200   200   200   200   200   302
POST   phone:outbox               any            405   405   405   405   405   405   405   405   405   302
GET    phone:open                 any            200   200   200   200   200   200   200   200   200   302
POST   phone:open                 any            405   405   405   405   405   405   405   405   405   302
GET    phone:set-up               any            200   200   403   403   403   403   403   403   403   302
POST   phone:set-up               any            405   405   405   405   405   405   405   405   405   302
GET    phone:pack                 all            200   200   200   200   200   200   200   200   200   200
POST   phone:pack                 all            405   405   405   405   405   405   405   405   405   405
GET    phones:list                any            403   403   200   200   403   403   403   403   403   302
POST   phones:list                any            403   403   200   200   403   403   403   403   403   302
GET    phones:revoke              own+sibling    404   404   403   200   404   404   404   404   404   302
GET    phones:revoke              other          404   404   404   404   404   404   404   404   404   302
POST   phones:revoke              own+sibling    404   404   403   302!  404   404   404   404   404   302
POST   phones:revoke              other          404   404   404   404   404   404   404   404   404   302
GET    phones:entry               own+sibling    404   404   404   200   404   404   404   404   404   302
GET    phones:entry               other          404   404   404   404   404   404   404   404   404   302
POST   phones:entry               own+sibling    404   404   404   200   404   404   404   404   404   302
POST   phones:entry               other          404   404   404   404   404   404   404   404   404   302
"""

PLACES = {"all": ("own", "sibling", "other")}


def _rows(text: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """(name, method, place) → role → cell."""
    rows = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            method, name, places, *cells = line.split()
            for place in PLACES.get(places, places.split("+")):
                assert (name, method, place) not in rows, f"told twice: {method} {name} {place}"
                rows[name, method, place] = dict(zip(ROLES, cells, strict=True))
    return rows


TABLE = _rows(API) | _rows(PAGES)
